package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Secret;
import health.ferry.pierflow.ImportReport;
import health.ferry.pierflow.PierflowClient;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/** What the README shows runs. */
class PierflowImportExampleTest extends FreshPierflow {

  @Test
  void saves_each_patient_once_with_all_that_is_about_them_and_tells_the_ids() {
    List<Bundle> saved = new ArrayList<>();
    try (PierflowClient pierflow =
        PierflowClient.builder(server.baseUrl(), Secret.of(server.apiKey())).build()) {
      for (int run = 0; run < 2; run++) {
        ImportReport report =
            PierflowImportExample.importAll(
                pierflow,
                server.organizationId(),
                out(),
                bundle -> {
                  saved.add(bundle);
                  return "emr-" + saved.size();
                });

        assertThat(report.orThrow().imported() + report.failed()).isEqualTo(PATIENTS);
        assertThat(saved).hasSize(report.imported()).isNotEmpty();
      }
    }
    assertThat(server.acknowledgements()).hasSize(1);
    assertThat(server.acknowledgements().get(0).json()).contains("\"external_id\":\"emr-1\"");
    assertThat(saved).allSatisfy(PierflowImportExampleTest::isBound);
  }

  private static void isBound(Bundle bundle) {
    String patient = bundle.getEntryFirstRep().getFullUrl();
    assertThat(
            bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(Observation.class::isInstance)
                .map(resource -> ((Observation) resource).getSubject().getReference()))
        .isNotEmpty()
        .containsOnly(patient);
  }
}
