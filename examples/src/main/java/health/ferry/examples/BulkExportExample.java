package health.ferry.examples;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.bulkfhir.ExportRequest;
import health.ferry.bulkfhir.ExportResult;
import health.ferry.core.Secret;
import health.ferry.fhir.NdjsonIterator;
import java.nio.file.Path;
import org.hl7.fhir.r4.model.Patient;

/** The README's snippet: a group's patients, exported and read as HAPI models. */
public final class BulkExportExample {

  private BulkExportExample() {}

  /**
   * Exports into {@code out} from the server at {@code BULKFHIR_BASE_URL}; run again, it finishes
   * what is missing.
   *
   * @param args the group's id
   */
  public static void main(String[] args) {
    export(
        System.getenv("BULKFHIR_BASE_URL"),
        Secret.fromEnv("BULKFHIR_TOKEN"),
        args[0],
        Path.of("out"));
  }

  static void export(String baseUrl, Secret token, String group, Path directory) {
    try (BulkFhirClient client = BulkFhirClient.builder(baseUrl).token(token).build()) {
      ExportRequest request = ExportRequest.group(group).types("Patient", "Observation").build();

      ExportResult result = client.export(request, directory).orThrow();
      System.out.println("Arrived: " + result.resources());

      try (NdjsonIterator<Patient> patients = result.read(Patient.class)) {
        while (patients.hasNext()) {
          Patient patient = patients.next();
          System.out.println(patient.getGender() + " " + patient.getBirthDateElement().getYear());
        }
      }
    }
  }
}
