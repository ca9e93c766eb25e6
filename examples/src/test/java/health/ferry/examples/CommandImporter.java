package health.ferry.examples;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.examples.faults.HandedOut;
import health.ferry.examples.faults.ImportOutcome;
import health.ferry.examples.faults.ImportScenario;
import health.ferry.examples.faults.Importer;
import health.ferry.examples.faults.RawPierflowServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An import through {@code ferry pierflow-import}, known by the files that it writes. */
final class CommandImporter implements Importer {

  private static final Map<Integer, String> STATUS =
      Map.of(0, "complete", 1, "failed", 2, "invalid", 3, "refused", 4, "incomplete");

  private final Path directory;

  /** By the name and the file itself: what is written again is another file. */
  private final Map<List<Object>, HandedOut> written = new LinkedHashMap<>();

  CommandImporter(Path directory) {
    this.directory = directory;
  }

  @Override
  public ImportOutcome run(ImportScenario scenario, RawPierflowServer server, Path out)
      throws Exception {
    FerryRun run =
        FerryRun.here(
            "pierflow-import",
            "--json",
            "--base-url",
            server.base(),
            "--organization",
            server.partner().organizationId(),
            "--out",
            out.toString());
    run.requireImport(run.code(), STATUS.getOrDefault(run.code(), "none"));
    int acknowledged = 0;
    for (JsonNode one : run.json().path("packages")) {
      acknowledged += one.path("acknowledged").asBoolean() ? 1 : 0;
    }
    return new ImportOutcome(acknowledged, List.of(), run.code());
  }

  @Override
  public synchronized List<HandedOut> handedOut() {
    try (Stream<Path> folders = Files.list(directory)) {
      for (Path folder : folders.filter(Files::isDirectory).filter(this::isOfPackage).toList()) {
        look(folder);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    return List.copyOf(written.values());
  }

  private boolean isOfPackage(Path folder) {
    return !folder.getFileName().toString().startsWith(".");
  }

  private void look(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Object identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        String patient = file.getFileName().toString().replaceFirst("\\.json$", "");
        written.putIfAbsent(
            List.of(file, identity), new HandedOut(patient, Files.readString(file)));
      }
    }
  }

  @Override
  public boolean refusesLast() {
    return false;
  }
}
