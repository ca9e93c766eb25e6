package health.ferry.examples;

import health.ferry.pierflow.FailureReason;
import health.ferry.pierflow.PackagedPatient;
import health.ferry.pierflow.PatientHandler;
import health.ferry.pierflow.PatientOutcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each patient's Bundle as {@code DIR/<package id>/<patient id>.json}, whole or absent. What
 * the disk will not take ends the run: that is no patient's failure.
 */
final class PatientFiles implements PatientHandler {

  private final Path directory;
  private final Map<String, FailureReason> failures;
  private final Set<String> met = ConcurrentHashMap.newKeySet();
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

  /** Who should have failed and was not handed out: misspelled, or has an outcome already. */
  List<String> notMet() {
    return failures.keySet().stream().filter(id -> !met.contains(id)).sorted().toList();
  }

  @Override
  public PatientOutcome handle(PackagedPatient patient) {
    Path folder = directory.resolve(patient.packageId().orElseThrow());
    Path file = folder.resolve(patient.patientId() + ".json");
    try {
      FailureReason reason = failures.get(patient.patientId());
      if (reason != null) {
        met.add(patient.patientId());
        // An earlier run may have ended between the file and its outcome.
        Files.deleteIfExists(file);
        return PatientOutcome.failed(reason);
      }
      Files.createDirectories(folder);
      // One draft for all: of whatever a kill leaves there, the next run makes something new.
      Path draft = Files.createDirectories(directory.resolve(".ferry")).resolve("patient.part");
      WholeFile.write(patient.bytes(), draft, file);
      return PatientOutcome.imported();
    } catch (IOException disk) {
      problem = new UncheckedIOException("A patient's file could not be written", disk);
      return PatientOutcome.stop();
    }
  }
}
