package health.ferry.bulkfhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okio.ByteString;

/**
 * Which file of the manifest gets which name. Names once given stay, also when the server hands out
 * fresh URLs or lists its files in another order.
 *
 * @param sources each name with the file that it stands for, in the manifest's order
 * @param unlisted names given before whose file the manifest does not list any more
 */
record FilePlan(Map<PlannedFile, ManifestFile> sources, List<PlannedFile> unlisted) {

  /**
   * Names the files of a manifest.
   *
   * @param named the names given before, in the order given; empty the first time
   */
  static FilePlan of(List<ManifestFile> files, List<PlannedFile> named, HttpUrl base) {
    List<PlannedFile> free = new ArrayList<>(named);
    List<Keyed> listed = files.stream().map(file -> new Keyed(file, urlKey(file, base))).toList();
    Map<ManifestFile, PlannedFile> sameUrl = new HashMap<>();
    for (Keyed entry : listed) {
      take(free, name -> name.isFor(entry.file()) && name.urlKey().equals(entry.urlKey()))
          .ifPresent(name -> sameUrl.put(entry.file(), name));
    }
    FileNumbers numbers = new FileNumbers(named);
    Map<PlannedFile, ManifestFile> sources = new LinkedHashMap<>();
    for (Keyed entry : listed) {
      PlannedFile name =
          Optional.ofNullable(sameUrl.get(entry.file()))
              .or(() -> take(free, known -> known.isFor(entry.file())))
              .orElseGet(() -> PlannedFile.of(entry.file(), numbers, entry.urlKey()));
      sources.put(name, entry.file());
    }
    return new FilePlan(sources, free);
  }

  /** All names given so far. */
  List<PlannedFile> names() {
    return Stream.concat(sources.keySet().stream(), unlisted.stream()).toList();
  }

  /** A file of the manifest with what of its URL stays. */
  private record Keyed(ManifestFile file, String urlKey) {}

  private static Optional<PlannedFile> take(
      List<PlannedFile> free, Predicate<PlannedFile> fitting) {
    Optional<PlannedFile> found = free.stream().filter(fitting).findFirst();
    found.ifPresent(free::remove);
    return found;
  }

  /** The path alone: a renewed signature changes the query, another storage node the host. */
  private static String urlKey(ManifestFile file, HttpUrl base) {
    HttpUrl url = FileUrl.resolve(file, base);
    String path = url == null ? file.url() : url.encodedPath();
    return ByteString.encodeUtf8(path).sha256().hex().substring(0, 16);
  }
}
