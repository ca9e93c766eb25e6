package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Secret;
import health.ferry.testkit.HamiPartner;
import health.ferry.testkit.PartnerSandbox;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;

/** A client with full validation: what it finds comes with the receipt and the report. */
class ValidatedSubmitTest {

  private static final Patient PATIENT = PatientBuilder.builder("http://h.org/mrn", "7").build();
  private static final String FINDING = ".resource.value.code: must be what its profile fixes";

  @Test
  void sends_what_breaks_a_profile_and_tells_of_it() {
    try (PartnerSandbox sandbox = PartnerSandbox.start();
        HamiClient hami = client(sandbox.hami())) {
      TransactionBundle bundle = TransactionBundles.of(visit()).iterator().next();

      assertThat(hami.submit(bundle.json()).warnings())
          .anyMatch(warning -> warning.toString().contains(FINDING));
      assertThat(hami.submitAll(visit()).orThrow().warnings())
          .anyMatch(warning -> warning.toString().contains(FINDING));
    }
  }

  private static List<Resource> visit() {
    Observation rate =
        VitalSigns.heartRate(129)
            .perMinute()
            .subject(PATIENT)
            .at(Instant.parse("2024-05-23T10:12:00Z"))
            .build();
    rate.getValueQuantity().setCode("kg");
    return List.of(PATIENT, rate);
  }

  private static HamiClient client(HamiPartner partner) {
    return HamiClient.builder(partner.baseUrl(), partner.groupId(), Secret.of(partner.apiKey()))
        .validation(ProfileValidation.r4())
        .build();
  }
}
