package health.ferry.examples;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.bulkfhir.ExportManifest;
import health.ferry.bulkfhir.ExportPreset;
import health.ferry.bulkfhir.ExportRequest;
import health.ferry.bulkfhir.ExportResult;
import health.ferry.bulkfhir.ExportableGroup;
import health.ferry.bulkfhir.SigningKey;
import health.ferry.core.Operation;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Veradigm's way, as its page "Bulk Data" tells it: find the group, ask for its export, watch the
 * status, fetch the packages, and delete what was asked for in error.
 */
public final class VeradigmExportExample {

  private VeradigmExportExample() {}

  /**
   * Exports a group from the server at {@code BULKFHIR_BASE_URL}, with Provenance, which Veradigm
   * sends only when it is named.
   *
   * @param args the client's id, its private key's file, and the group's id; without the id the
   *     groups are listed
   */
  public static void main(String[] args) {
    try (BulkFhirClient veradigm =
        BulkFhirClient.builder(System.getenv("BULKFHIR_BASE_URL"))
            .preset(ExportPreset.VERADIGM)
            .backendServices(args[0], SigningKey.fromFile(Path.of(args[1]), null))
            .build()) {
      if (args.length < 3) {
        list(veradigm);
      } else {
        System.out.println("Arrived: " + export(veradigm, args[2], Path.of(args[2])).resources());
      }
    }
  }

  static void list(BulkFhirClient veradigm) {
    for (ExportableGroup group : veradigm.groups()) {
      System.out.println(group.id() + " " + group.name().orElse(""));
    }
  }

  static ExportResult export(BulkFhirClient veradigm, String group, Path directory) {
    ExportRequest request =
        ExportRequest.group(group).types("Patient", "Condition", "Provenance").build();
    Operation<ExportManifest> job =
        veradigm
            .startExport(request)
            .onProgress(step -> step.text().ifPresent(text -> System.out.println("… " + text)));
    job.await(Duration.ofHours(6));
    return veradigm.download(job.resumeToken(), directory, options -> options).orThrow();
  }

  static void deleteWhatWasAskedForInError(BulkFhirClient veradigm, String group) {
    veradigm.startExport(ExportRequest.group(group).build()).cancel();
  }
}
