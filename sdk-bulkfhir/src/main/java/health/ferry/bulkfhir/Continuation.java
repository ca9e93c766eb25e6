package health.ferry.bulkfhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which file of an organized output goes on in which other (STU3, {@code continuesInFile}). */
final class Continuation {

  private Continuation() {}

  /** The names of the files, and of those that they go on in. */
  static Map<String, String> of(FilePlan plan) {
    Map<String, String> names = new HashMap<>();
    plan.sources().forEach((planned, source) -> names.put(source.url(), planned.name()));
    // The SMART reference server names the file alone.
    plan.sources().forEach((planned, source) -> names.put(lastPart(source.url()), planned.name()));
    Map<String, String> found = new LinkedHashMap<>();
    plan.sources()
        .forEach(
            (planned, source) ->
                source
                    .continuesInFile()
                    .flatMap(
                        url ->
                            Optional.ofNullable(names.getOrDefault(url, names.get(lastPart(url)))))
                    .ifPresent(other -> found.put(planned.name(), other)));
    return found;
  }

  private static String lastPart(String url) {
    String path = url.split("[?#]", 2)[0];
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The files, each directly followed by the one that it goes on in. */
  static List<ExportedFile> inOrder(List<ExportedFile> files) {
    Map<String, ExportedFile> byName = new LinkedHashMap<>();
    files.forEach(file -> byName.put(file.name(), file));
    Set<String> continued = new HashSet<>();
    files.forEach(file -> file.continuesInFile().ifPresent(continued::add));
    Set<ExportedFile> ordered = new LinkedHashSet<>();
    for (ExportedFile file : files) {
      if (!continued.contains(file.name())) {
        follow(file, byName, ordered);
      }
    }
    // Files that lead in a circle have no first one.
    ordered.addAll(files);
    return new ArrayList<>(ordered);
  }

  private static void follow(
      ExportedFile first, Map<String, ExportedFile> byName, Set<ExportedFile> ordered) {
    ExportedFile file = first;
    while (file != null && ordered.add(file)) {
      file = file.continuesInFile().map(byName::get).orElse(null);
    }
  }
}
