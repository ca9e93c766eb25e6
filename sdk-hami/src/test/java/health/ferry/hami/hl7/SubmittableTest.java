package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.hami.Preflight;
import health.ferry.hami.TransactionBundle;
import health.ferry.hami.TransactionBundles;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/** What a message becomes is what HAMI takes. */
class SubmittableTest {

  private static final String[] VITAL_SIGNS = {
    "OBX|1|NM|8867-4^Heart rate^LN||72|bpm|||||F",
    "OBX|2|NM|8480-6^Systolic blood pressure^LN||120|mmHg|||||F",
    "OBX|3|NM|8462-4^Diastolic blood pressure^LN||80|mmHg|||||F",
    "OBX|4|NM|9279-1^Respiratory rate^LN||16|breaths/min|||||F",
    "OBX|5|NM|8310-5^Body temperature^LN||98.6|degF|||||F",
    "OBX|6|NM|29463-7^Body weight^LN||71.5|kg|||||F",
    "OBX|7|NM|8302-2^Body height^LN||68|inches|||||F",
    "OBX|8|NM|59408-5^SpO2^LN||97|%|||||F"
  };

  @Test
  void vital_signs_pass_the_check_without_an_error_or_a_warning() {
    Hl7Mapping mapping = Oru.read(VITAL_SIGNS);

    List<TransactionBundle> bundles =
        StreamSupport.stream(TransactionBundles.of(mapping.resources()).spliterator(), false)
            .toList();

    assertThat(mapping.unmapped()).isEmpty();
    assertThat(bundles).hasSize(1);
    assertThat(bundles.get(0).size()).isEqualTo(mapping.resources().size()).isEqualTo(9);
    assertThat(Preflight.check(bundles.get(0).json()).findings()).isEmpty();
  }

  @Test
  void the_same_message_makes_the_same_bundle() {
    assertThat(bundle(Oru.read(VITAL_SIGNS))).isEqualTo(bundle(Oru.read(VITAL_SIGNS)));
  }

  @Test
  void oxygen_saturation_has_the_profiles_code_before_the_one_that_was_sent() {
    Observation saturation = Oru.only(Oru.read(VITAL_SIGNS[7]), Observation.class);

    assertThat(saturation.getCode().getCoding())
        .extracting(Coding::getCode)
        .containsExactly("2708-6", "59408-5");
  }

  private static String bundle(Hl7Mapping mapping) {
    return TransactionBundles.of(mapping.resources()).iterator().next().json();
  }
}
