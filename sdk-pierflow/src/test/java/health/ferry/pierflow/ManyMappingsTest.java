package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.PierflowAnswer;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.RecordedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One mapping more than an acknowledgement takes. */
class ManyMappingsTest extends ImportTest {

  @Override
  int patientCount() {
    return 2_001;
  }

  private List<String> posts() {
    return partner.requests().stream()
        .filter(request -> request.method().equals("POST"))
        .map(RecordedRequest::target)
        .toList();
  }

  @Test
  void the_last_one_goes_as_a_link_before_each_acknowledgement() {
    partner.script(PierflowOperation.ACKNOWLEDGE, PierflowAnswer.error(401, "UNAUTHENTICATED"));
    String last = patients().get(2_000);
    run(patient -> PatientOutcome.imported("emr-" + patient.patientId()));

    PackageReport report = run().orThrow().packages().get(0);

    assertThat(report.imported()).isEqualTo(2_001);
    assertThat(report.unlinked()).isEmpty();
    String acknowledge = "/v1/import-packages/" + onlyPackage() + "/acknowledge";
    String link = "/v1/partner-patient-links/bulk";
    assertThat(posts()).containsExactly(link, acknowledge, link, acknowledge);
    assertThat(partner.acknowledgements().get(0).json())
        .contains("\"emr-" + patients().get(1_999) + "\"")
        .doesNotContain("\"emr-" + last + "\"");
    assertThat(client.records().findLink("emr-" + last).orElseThrow().patientId()).isEqualTo(last);
  }
}
