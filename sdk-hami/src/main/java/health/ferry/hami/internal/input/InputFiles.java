package health.ferry.hami.internal.input;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Files, and folders of files. */
final class InputFiles implements Input {

  /** Beside its resources a bulk export has these folders. */
  private static final Set<String> OF_AN_EXPORT = Set.of("deleted", "error", "attachments");

  private final List<Path> paths;
  private final FhirR4 fhir;

  InputFiles(List<Path> paths, FhirR4 fhir) {
    this.paths = List.copyOf(paths);
    this.fhir = fhir;
  }

  @Override
  public void read(Consumer<? super InputDocument> taker) {
    Intake intake = new Intake(taker, fhir);
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        readFolder(path, intake);
      } else {
        readFile(path, intake);
      }
    }
    if (intake.isEmpty()) {
      paths.forEach(path -> intake.refuse(name(path), JsonText.NOTHING));
    }
    intake.end();
  }

  private static void readFolder(Path folder, Intake intake) {
    List<Path> files;
    try (Stream<Path> found = Files.list(folder)) {
      files = found.filter(file -> !isLeftAlone(file)).sorted().toList();
    } catch (IOException e) {
      intake.refuse(name(folder), "must be a folder that can be listed");
      return;
    }
    files.forEach(file -> readFile(file, intake));
  }

  private static boolean isLeftAlone(Path file) {
    String name = name(file);
    return name.startsWith(".")
        || (Files.isDirectory(file)
            ? OF_AN_EXPORT.contains(name)
            : name.equals("log.ndjson") || name.endsWith(".journal"));
  }

  private static void readFile(Path file, Intake intake) {
    String name = name(file);
    String lower = name.toLowerCase(Locale.ROOT);
    if (Files.isDirectory(file)) {
      intake.refuse(name, "is a folder within the folder, and its files would not be read");
    } else if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      intake.refuse(name, "must be a file or folder that can be read");
    } else if (lower.endsWith(".ndjson")) {
      new NdjsonFile(name, file).read(intake);
    } else if (lower.endsWith(".json")) {
      new JsonText(name, () -> Files.newInputStream(file)).read(intake);
    } else {
      intake.refuse(name, "is neither .json nor .ndjson");
    }
  }

  /** Without its folder: a whole path says more about a machine than an error should. */
  private static String name(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "folder" : name.toString();
  }
}
