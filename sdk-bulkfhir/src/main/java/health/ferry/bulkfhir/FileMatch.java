package health.ferry.bulkfhir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which names given before stand for which files of a manifest, among those of one list
 * and type. URLs may have been renewed meanwhile and the order may be another, so each step takes
 * only what is certain: the same URL; a path that only two have; a part of the query that only two
 * have; the last that are left on both sides. Whatever else is left is told apart by nothing.
 *
 * <p>Used once, by one thread.
 */
final class FileMatch {

  /** A file that is listed, with its key. */
  record Listed(ManifestFile file, FileKey key) {}

  private final Set<Listed> listed;
  private final Set<PlannedFile> names;
  private final Map<Listed, PlannedFile> found = new LinkedHashMap<>();

  private FileMatch(List<Listed> listed, List<PlannedFile> names) {
    this.listed = new LinkedHashSet<>(listed);
    this.names = new LinkedHashSet<>(names);
  }

  static FileMatch of(List<Listed> listed, List<PlannedFile> names) {
    FileMatch match = new FileMatch(listed, names);
    match.takeSame();
    match.takePairs(entry -> List.of(entry.key().path()), name -> List.of(name.key().path()));
    match.takePairs(entry -> parts(entry.key()), name -> parts(name.key()));
    if (match.listed.size() == 1 && match.names.size() == 1) {
      match.pair(match.listed.iterator().next(), match.names.iterator().next());
    }
    return match;
  }

  /** What is certain. */
  Map<Listed, PlannedFile> found() {
    return found;
  }

  /** Files that have no certain name, in the manifest's order. */
  Set<Listed> unnamed() {
    return listed;
  }

  /** Names that have no certain file, in the order given. */
  Set<PlannedFile> unused() {
    return names;
  }

  private void takeSame() {
    Map<FileKey, Deque<PlannedFile>> byKey = new HashMap<>();
    for (PlannedFile name : names) {
      byKey.computeIfAbsent(name.key(), key -> new ArrayDeque<>()).add(name);
    }
    for (Listed entry : List.copyOf(listed)) {
      PlannedFile name = byKey.getOrDefault(entry.key(), new ArrayDeque<>()).poll();
      if (name != null) {
        pair(entry, name);
      }
    }
  }

  /** A part of the query counts only together with the path that it stands behind. */
  private static List<String> parts(FileKey key) {
    return key.query().stream().map(part -> key.path() + part).toList();
  }

  /** Pairs those that share a mark which nobody else has, unless two marks contradict. */
  private void takePairs(
      Function<Listed, List<String>> marksOfListed,
      Function<PlannedFile, List<String>> marksOfNames) {
    Map<String, PlannedFile> owners = owners(names, marksOfNames);
    Map<String, Listed> askers = owners(listed, marksOfListed);
    Map<Listed, @Nullable PlannedFile> wanted = new LinkedHashMap<>();
    askers.forEach(
        (mark, entry) -> {
          PlannedFile owner = owners.get(mark);
          if (owner != null) {
            wanted.merge(entry, owner, (one, other) -> one.equals(other) ? one : null);
          }
        });
    wanted.forEach(
        (entry, name) -> {
          if (name != null && names.contains(name)) {
            pair(entry, name);
          }
        });
  }

  /** Each mark that exactly one has, with that one. */
  private static <T> Map<String, T> owners(Iterable<T> all, Function<T, List<String>> marks) {
    Map<String, List<T>> holders = new LinkedHashMap<>();
    for (T one : all) {
      for (String mark : marks.apply(one)) {
        holders.computeIfAbsent(mark, key -> new ArrayList<>(1)).add(one);
      }
    }
    Map<String, T> owners = new LinkedHashMap<>();
    holders.forEach(
        (mark, few) -> {
          if (few.size() == 1) {
            owners.put(mark, few.get(0));
          }
        });
    return owners;
  }

  private void pair(Listed entry, PlannedFile name) {
    found.put(entry, name);
    listed.remove(entry);
    names.remove(name);
  }
}
