package health.ferry.bulkfhir;

import health.ferry.core.Secret;
import java.nio.file.Path;
import org.hl7.fhir.r4.model.Patient;

/** Runs in another JVM: one export into a directory, two files at a time. */
final class ExportMain {

  private ExportMain() {}

  /**
   * Prints one line about the result.
   *
   * @param args base URL, token, directory, a type to ask for, and «typed» to read the patients
   */
  public static void main(String[] args) {
    try (BulkFhirClient client =
        BulkFhirClient.builder(args[0]).token(Secret.of(args[1])).build()) {
      ExportResult result =
          client.export(
              ExportRequest.system().types(args[3]).build(),
              Path.of(args[2]),
              options -> options.parallel(2));
      result.orThrow();
      System.out.println("complete " + result.files().size() + " " + result.wasAlreadyComplete());
      if (args.length > 4) {
        try (var patients = result.read(Patient.class)) {
          System.out.println("typed " + patients.next().fhirType());
        }
      }
    }
  }
}
