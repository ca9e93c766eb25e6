package health.ferry.examples.faults;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.bulkfhir.ExportRequest;
import health.ferry.bulkfhir.ExportResult;
import health.ferry.bulkfhir.FailedFile;
import health.ferry.core.FerryException;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.testkit.Canary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An export through {@link BulkFhirClient}, as a caller writes it. */
final class LibraryExporter implements Exporter {

  @Override
  public Outcome export(Scenario scenario, RawBulkServer server, Path directory, Duration longest) {
    try (BulkFhirClient client =
        BulkFhirClient.builder(server.base())
            .clientCredentials("ferry", Secret.of(Canary.SECRET + "-client"))
            .transport(options -> patient(scenario, options))
            .build()) {
      ExportResult result =
          client.export(
              ExportRequest.system().build(), directory, options -> options.deadline(longest));
      return new Outcome(result.isComplete(), failures(result), null, null);
    } catch (FerryException failed) {
      return new Outcome(false, Map.of(), failed, null);
    }
  }

  private static TransportOptions.Builder patient(
      Scenario scenario, TransportOptions.Builder options) {
    return scenario
        .patience()
        .map(longest -> options.attemptTimeout(longest).stallTimeout(longest))
        .orElse(options);
  }

  private static Map<String, Optional<Exception>> failures(ExportResult result) {
    return result.failures().stream()
        .collect(Collectors.toMap(FailedFile::file, failed -> Optional.of(failed.cause())));
  }
}
