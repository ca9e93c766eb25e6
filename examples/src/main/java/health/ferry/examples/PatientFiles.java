package health.ferry.examples;

import health.ferry.pierflow.FailureReason;
import health.ferry.pierflow.PackagedPatient;
import health.ferry.pierflow.PatientHandler;
import health.ferry.pierflow.PatientOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each patient's Bundle as {@code DIR/<package id>/<patient id>.json}, whole or absent. What
 * the disk will not take ends the run: that is no patient's failure.
 */
final class PatientFiles implements PatientHandler {

  private final Path directory;
  private final Map<String, FailureReason> failures;
  private volatile @Nullable UncheckedIOException problem;

  PatientFiles(Path directory, List<RehearsedFailure> failures) {
    this.directory = directory;
    this.failures =
        failures.stream()
            .collect(
                Collectors.toMap(
                    RehearsedFailure::patientId,
                    RehearsedFailure::reason,
                    (earlier, later) -> later));
  }

  Path directory() {
    return directory;
  }

  /** What the disk would not do; the run ended there. */
  Optional<UncheckedIOException> problem() {
    return Optional.ofNullable(problem);
  }

  @Override
  public PatientOutcome handle(PackagedPatient patient) {
    Path folder = directory.resolve(patient.packageId().orElseThrow());
    Path file = folder.resolve(patient.patientId() + ".json");
    try {
      FailureReason reason = failures.get(patient.patientId());
      if (reason != null) {
        // An earlier run may have ended between the file and its outcome.
        Files.deleteIfExists(file);
        return PatientOutcome.failed(reason);
      }
      Files.createDirectories(folder);
      write(patient.bytes(), file);
      return PatientOutcome.imported();
    } catch (IOException disk) {
      problem = new UncheckedIOException("A patient's file could not be written", disk);
      return PatientOutcome.stop();
    }
  }

  /** One draft for all: of whatever a kill leaves there, the next run makes something new. */
  private void write(byte[] bundle, Path file) throws IOException {
    Path draft = Files.createDirectories(directory.resolve(".ferry")).resolve("patient.part");
    Files.write(draft, bundle);
    try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
