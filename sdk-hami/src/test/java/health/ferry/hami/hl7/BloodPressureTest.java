package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationComponentComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BloodPressureTest {

  private static final String SYSTOLIC =
      "OBX|1|NM|8480-6^Systolic blood pressure^LN||120|mmHg|90-140|H|||F";
  private static final String DIASTOLIC =
      "OBX|2|NM|8462-4^Diastolic blood pressure^LN||80|mmHg|||||F";

  @Test
  void its_two_halves_are_one_observation_with_components() {
    Hl7Mapping mapping = Oru.read(SYSTOLIC, "NTE|1||left arm", DIASTOLIC, "NTE|1||seated");

    Observation whole = Oru.only(mapping, Observation.class);
    assertThat(whole.getCode().getCodingFirstRep().getCode()).isEqualTo("85354-9");
    assertThat(whole.hasValue()).isFalse();
    assertThat(whole.hasInterpretation()).isFalse();
    assertThat(whole.getCategoryFirstRep().getCodingFirstRep().getCode()).isEqualTo("vital-signs");
    assertThat(codes(whole)).containsExactly("8480-6", "8462-4");
    ObservationComponentComponent systolic = whole.getComponentFirstRep();
    assertThat(systolic.getValueQuantity().getValue()).isEqualByComparingTo("120");
    assertThat(systolic.getValueQuantity().getCode()).isEqualTo("mm[Hg]");
    assertThat(systolic.getInterpretationFirstRep().getCodingFirstRep().getCode()).isEqualTo("H");
    assertThat(systolic.getReferenceRangeFirstRep().getText()).isEqualTo("90-140");
    assertThat(whole.getNote())
        .extracting(note -> note.getText())
        .containsExactly("left arm", "seated");
    assertThat(Oru.only(mapping, DiagnosticReport.class).getResult())
        .extracting(result -> result.getReference())
        .containsExactly("Observation/" + whole.getId());
    assertThat(mapping.unmapped()).isEmpty();
  }

  @Test
  void the_systolic_half_stands_first_whichever_came_first() {
    assertThat(codes(Oru.only(Oru.read(DIASTOLIC, SYSTOLIC), Observation.class)))
        .containsExactly("8480-6", "8462-4");
  }

  @Test
  void a_half_alone_is_left_as_it_is_with_an_id_of_its_own() {
    Observation half = Oru.only(Oru.read(SYSTOLIC), Observation.class);
    Observation whole = Oru.only(Oru.read(SYSTOLIC, DIASTOLIC), Observation.class);

    assertThat(half.getValueQuantity().getValue()).isEqualByComparingTo("120");
    assertThat(half.getId()).isNotEqualTo(whole.getId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OBX|2|NM|8462-4^^LN|2|80|mmHg|||||F",
        "OBX|2|NM|8462-4^^LN||80|mmHg|||||P",
        "OBX|2|NM|8462-4^^LN||80|mmHg|||||F|||20240523110000+0000",
        "OBX|2|NM|8462-4^^LN|||mmHg|||||F",
        "OBX|2|NM|8480-6^^LN||121|mmHg|||||F"
      })
  void halves_of_another_time_sub_id_or_status_are_none(String other) {
    assertThat(Oru.all(Oru.read(SYSTOLIC, other), Observation.class)).hasSize(2);
  }

  @Test
  void halves_of_two_orders_are_none() {
    Hl7Mapping mapping =
        Oru.read(
            SYSTOLIC,
            "OBR|2||F-10^LAB|1^^LN|||20240523100000+0000" + "|".repeat(18) + "F",
            DIASTOLIC);

    assertThat(Oru.all(mapping, Observation.class)).hasSize(2);
  }

  @Test
  void two_measurements_are_two() {
    Hl7Mapping mapping = Oru.read(SYSTOLIC, DIASTOLIC, SYSTOLIC, DIASTOLIC);

    assertThat(Oru.all(mapping, Observation.class))
        .hasSize(2)
        .allSatisfy(whole -> assertThat(whole.getComponent()).hasSize(2));
    assertThat(Oru.only(mapping, DiagnosticReport.class).getResult())
        .extracting(result -> result.getReference())
        .doesNotHaveDuplicates()
        .hasSize(2);
  }

  private static List<String> codes(Observation whole) {
    return whole.getComponent().stream()
        .map(component -> component.getCode().getCodingFirstRep().getCode())
        .toList();
  }
}
