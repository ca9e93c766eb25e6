package health.ferry.examples.faults;

import health.ferry.core.FerryException;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.pierflow.FailureReason;
import health.ferry.pierflow.ImportReport;
import health.ferry.pierflow.PackageReport;
import health.ferry.pierflow.PackagedPatient;
import health.ferry.pierflow.PatientOutcome;
import health.ferry.pierflow.PierflowClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** An import through {@link PierflowClient}, as a caller writes it. */
final class LibraryImporter implements Importer {

  private final List<HandedOut> handedOut = new CopyOnWriteArrayList<>();
  private final AtomicBoolean stopped = new AtomicBoolean();

  @Override
  public ImportOutcome run(ImportScenario scenario, RawPierflowServer server, Path directory) {
    try (PierflowClient client =
        PierflowClient.builder(server.base(), Secret.of(server.partner().apiKey()))
            .transport(options -> patient(scenario, options))
            .build()) {
      return outcome(
          client.importAll(
              server.partner().organizationId(),
              directory,
              patient -> take(patient, scenario, server)));
    } catch (FerryException nothingDone) {
      return new ImportOutcome(0, List.of(nothingDone), null);
    }
  }

  @Override
  public List<HandedOut> handedOut() {
    return List.copyOf(handedOut);
  }

  @Override
  public boolean refusesLast() {
    return true;
  }

  private PatientOutcome take(
      PackagedPatient patient, ImportScenario scenario, RawPierflowServer server) {
    if (scenario.stopsCaller() && handedOut.size() == 1 && stopped.compareAndSet(false, true)) {
      return PatientOutcome.stop();
    }
    handedOut.add(new HandedOut(patient.patientId(), patient.json()));
    return server.lastOfEach().contains(patient.patientId())
        ? PatientOutcome.failed(FailureReason.DUPLICATE_HOSPITAL_NUMBER)
        : PatientOutcome.imported("emr-" + patient.patientId());
  }

  private static ImportOutcome outcome(ImportReport report) {
    return new ImportOutcome(
        (int) report.packages().stream().filter(PackageReport::isAcknowledged).count(),
        Stream.concat(
                report.stopped().stream(),
                report.packages().stream().flatMap(one -> one.failure().stream()))
            .<Exception>map(failure -> failure)
            .toList(),
        null);
  }

  private static TransportOptions.Builder patient(
      ImportScenario scenario, TransportOptions.Builder options) {
    return scenario
        .patience()
        .map(patience -> options.attemptTimeout(patience).stallTimeout(patience))
        .orElse(options);
  }
}
