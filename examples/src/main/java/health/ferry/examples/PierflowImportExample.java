package health.ferry.examples;

import health.ferry.pierflow.FailureReason;
import health.ferry.pierflow.ImportReport;
import health.ferry.pierflow.PatientOutcome;
import health.ferry.pierflow.PierflowClient;
import java.nio.file.Path;
import java.util.function.Function;
import org.hl7.fhir.r4.model.Bundle;

/**
 * The README's snippet: an organization's packages, each patient put into a system of one's own.
 */
public final class PierflowImportExample {

  private PierflowImportExample() {}

  /**
   * Imports what is ready on the server at {@code PIERFLOW_BASE_URL}, keeping its place in the
   * folder {@code pierflow}; run again, it goes on.
   *
   * @param args the organization's id
   */
  public static void main(String[] args) {
    try (PierflowClient pierflow = PierflowClient.fromEnv()) {
      Function<Bundle, String> emr = bundle -> "emr-" + bundle.getEntryFirstRep().getFullUrl();
      System.out.println(importAll(pierflow, args[0], Path.of("pierflow"), emr).orThrow());
    }
  }

  static ImportReport importAll(
      PierflowClient pierflow, String organization, Path folder, Function<Bundle, String> emr) {
    return pierflow.importAll(
        organization,
        folder,
        patient -> {
          if (patient.mrn().isEmpty()) {
            return PatientOutcome.failed(FailureReason.MISSING_REQUIRED_FIELD);
          }
          String emrId = emr.apply(patient.bind().bundle());
          return PatientOutcome.imported(emrId);
        });
  }
}
