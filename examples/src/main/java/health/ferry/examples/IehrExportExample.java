package health.ferry.examples;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.bulkfhir.ExportGroup;
import health.ferry.bulkfhir.ExportPreset;
import health.ferry.bulkfhir.ExportRequest;
import health.ferry.bulkfhir.ExportResult;
import health.ferry.core.Secret;
import java.nio.file.Path;
import java.util.List;

/**
 * iEHR's two ways, as its page "Bulk FHIR API" tells them: a Group of chosen patients, and all
 * resources of a project.
 */
public final class IehrExportExample {

  private static final String BASE = "https://api.iehr.logicallymagic.com/fhir/R4";
  private static final String TOKEN_URL = "https://api.iehr.logicallymagic.com/oauth2/token";

  private IehrExportExample() {}

  /**
   * Runs one of three steps; an export that is run again goes on where it ended.
   *
   * @param args {@code new-group ID…} makes a group of these patients and prints its id; {@code
   *     group ID} exports a group; {@code project} exports everything
   */
  public static void main(String[] args) {
    try (BulkFhirClient iehr =
        BulkFhirClient.builder(BASE)
            .preset(ExportPreset.IEHR)
            .tokenUrl(TOKEN_URL)
            .clientCredentials(
                System.getenv("BULKFHIR_CLIENT_ID"), Secret.fromEnv("BULKFHIR_CLIENT_SECRET"))
            .build()) {
      switch (args[0]) {
        case "new-group" ->
            System.out.println(newGroup(iehr, List.of(args).subList(1, args.length)));
        case "group" -> print(group(iehr, args[1], Path.of(args[1])));
        default -> print(project(iehr, Path.of("project")));
      }
    }
  }

  private static void print(ExportResult result) {
    System.out.println("Arrived: " + result.resources());
  }

  /** Every patient becomes a {@code Group.member.entity}. */
  static String newGroup(BulkFhirClient iehr, List<String> patientIds) {
    return iehr.createGroup(ExportGroup.of(patientIds));
  }

  /** Everything in the compartment of each of the group's patients. */
  static ExportResult group(BulkFhirClient iehr, String id, Path directory) {
    ExportRequest request = ExportRequest.group(id).outputFormat("ndjson").build();
    return iehr.export(request, directory).orThrow();
  }

  /** All resources of the project. */
  static ExportResult project(BulkFhirClient iehr, Path directory) {
    return iehr.export(ExportRequest.system().build(), directory).orThrow();
  }
}
