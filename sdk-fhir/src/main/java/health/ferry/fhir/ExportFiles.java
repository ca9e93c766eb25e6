package health.ferry.fhir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of one type in an export's folder, as Ferry names them. */
final class ExportFiles {

  private ExportFiles() {}

  /** By number, so that 10 comes after 9; the file without a number first. */
  static List<Path> ofType(Path directory, String resourceType) throws IOException {
    Pattern pattern = Pattern.compile(Pattern.quote(resourceType) + "(?:-(\\d{1,9}))?\\.ndjson");
    record Numbered(Path file, int number) {}
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .flatMap(
              file -> {
                Matcher name = pattern.matcher(NdjsonSource.nameOf(file));
                return name.matches()
                    ? Stream.of(new Numbered(file, number(name.group(1))))
                    : Stream.empty();
              })
          .sorted(Comparator.comparingInt(Numbered::number).thenComparing(Numbered::file))
          .map(Numbered::file)
          .toList();
    }
  }

  private static int number(String digits) {
    return digits == null ? -1 : Integer.parseInt(digits);
  }
}
