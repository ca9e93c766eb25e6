package health.ferry.bulkfhir;

import health.ferry.bulkfhir.FileMatch.Listed;
import health.ferry.bulkfhir.ManifestFile.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Which file of the manifest gets which name. A name once given stays with its file, also when the
 * server hands out fresh URLs or lists its files in another order.
 *
 * @param sources each name with the file that it stands for, in the manifest's order
 * @param unlisted names given before whose file the manifest does not list any more
 * @param unsure names of both that nothing connects with a file that came before: what lies under
 *     them must come again, since to guess could lose one file and double another
 */
record FilePlan(
    Map<PlannedFile, ManifestFile> sources, List<PlannedFile> unlisted, Set<PlannedFile> unsure) {

  /** The list and the type that a file stands under. */
  private record Kind(Section section, String type) {

    static Kind of(ManifestFile file) {
      return new Kind(file.section(), file.type().orElse(""));
    }

    static Kind of(PlannedFile name) {
      return new Kind(name.section(), name.type() == null ? "" : name.type());
    }
  }

  /**
   * Names the files of a manifest.
   *
   * @param named the names given before, in the order given; empty the first time
   * @param counts how many resources of which type the files have that came before, by name
   */
  static FilePlan of(
      List<ManifestFile> files,
      List<PlannedFile> named,
      Map<String, Map<String, Long>> counts,
      HttpUrl base) {
    List<Listed> listed =
        files.stream().map(file -> new Listed(file, FileKey.of(file, base))).toList();
    Map<Kind, List<Listed>> listedByKind = new LinkedHashMap<>();
    listed.forEach(
        entry ->
            listedByKind.computeIfAbsent(Kind.of(entry.file()), k -> new ArrayList<>()).add(entry));
    Map<Kind, List<PlannedFile>> namedByKind = new LinkedHashMap<>();
    named.forEach(
        name -> namedByKind.computeIfAbsent(Kind.of(name), k -> new ArrayList<>()).add(name));
    Map<Listed, PlannedFile> names = new HashMap<>();
    List<PlannedFile> unlisted = new ArrayList<>();
    Set<PlannedFile> unsure = new HashSet<>();
    FileNumbers numbers = new FileNumbers(named);
    listedByKind.forEach(
        (kind, entries) -> {
          List<PlannedFile> before = namedByKind.getOrDefault(kind, List.of());
          namedByKind.remove(kind);
          assign(FileMatch.of(entries, before), counts, numbers, names, unlisted, unsure);
        });
    namedByKind.values().forEach(unlisted::addAll);
    Map<PlannedFile, ManifestFile> sources = new LinkedHashMap<>();
    listed.forEach(entry -> sources.put(names.get(entry), entry.file()));
    return new FilePlan(sources, List.copyOf(unlisted), Set.copyOf(unsure));
  }

  private static void assign(
      FileMatch match,
      Map<String, Map<String, Long>> counts,
      FileNumbers numbers,
      Map<Listed, PlannedFile> names,
      List<PlannedFile> unlisted,
      Set<PlannedFile> unsure) {
    match
        .found()
        .forEach(
            (entry, name) -> {
              PlannedFile now = name.at(entry.key());
              names.put(entry, now);
              if (contradicts(entry.file(), counts.get(name.name()))) {
                unsure.add(now);
              }
            });
    boolean isUnsure = !match.unnamed().isEmpty();
    Iterator<PlannedFile> unused = match.unused().iterator();
    for (Listed entry : match.unnamed()) {
      if (unused.hasNext()) {
        PlannedFile now = unused.next().at(entry.key());
        names.put(entry, now);
        unsure.add(now);
      } else {
        names.put(entry, PlannedFile.of(entry.file(), numbers, entry.key()));
      }
    }
    unused.forEachRemaining(
        name -> {
          unlisted.add(name);
          if (isUnsure) {
            unsure.add(name);
          }
        });
  }

  /** A file that came with another number of resources is another file. */
  private static boolean contradicts(ManifestFile file, @Nullable Map<String, Long> came) {
    return came != null
        && file.count().isPresent()
        && file.count().getAsLong() != came.values().stream().mapToLong(Long::longValue).sum();
  }

  /** All names given so far. */
  List<PlannedFile> names() {
    return Stream.concat(sources.keySet().stream(), unlisted.stream()).toList();
  }
}
