package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationMappingTest {

  @ParameterizedTest
  @CsvSource({
    "F,FINAL",
    "U,FINAL",
    "C,CORRECTED",
    "P,PRELIMINARY",
    "R,PRELIMINARY",
    "S,PRELIMINARY",
    "X,CANCELLED",
    "D,ENTEREDINERROR",
    "W,ENTEREDINERROR",
    "I,REGISTERED",
    "A,AMENDED"
  })
  void a_result_has_the_status_of_its_code(String code, ObservationStatus status) {
    Observation observation = Oru.observation("OBX|1|NM|8867-4^^LN||1|/min|||||" + code);

    assertThat(observation.getStatus()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"Q", "''", "FINAL"})
  void a_status_that_is_no_code_is_unknown_and_reported(String code) {
    Hl7Mapping mapping = Hl7Messages.readSegment("OBX|1|NM|8867-4^^LN||1|/min|||||" + code);

    assertThat(Oru.only(mapping, Observation.class).getStatus())
        .isEqualTo(ObservationStatus.UNKNOWN);
    assertThat(Oru.places(mapping)).containsExactly("OBX[1]-11");
  }

  @ParameterizedTest
  @CsvSource({
    "LN,http://loinc.org",
    "SCT,http://snomed.info/sct",
    "UCUM,http://unitsofmeasure.org",
    "I10,http://hl7.org/fhir/sid/icd-10",
    "I10C,http://hl7.org/fhir/sid/icd-10-cm",
    "HL70004,http://terminology.hl7.org/CodeSystem/v2-0004",
    "http://lab.org/codes,http://lab.org/codes",
    "99LAB x,urn:x-hl7v2:99LAB+x"
  })
  void a_code_has_the_uri_of_its_coding_system(String name, String uri) {
    Observation observation = Oru.observation("OBX|1|ST|C^Display^" + name + "||v||||||F");

    assertThat(observation.getCode().getCodingFirstRep().getSystem()).isEqualTo(uri);
  }

  @Test
  void a_code_keeps_its_alternate_its_versions_and_its_original_text() {
    Observation observation =
        Oru.observation("OBX|1|ST|8867-4^Heart rate^LN^HR^Pulse^SCT^2.74^2024^Puls||v||||||F");

    assertThat(observation.getCode().getCoding())
        .extracting(Coding::getSystem, Coding::getCode, Coding::getDisplay, Coding::getVersion)
        .containsExactly(
            tuple("http://loinc.org", "8867-4", "Heart rate", "2.74"),
            tuple("http://snomed.info/sct", "HR", "Pulse", "2024"));
    assertThat(observation.getCode().getText()).isEqualTo("Puls");
  }

  @Test
  void local_codes_get_the_callers_system() {
    String message =
        Oru.of(
            Oru.HEADER,
            Oru.PATIENT,
            "OBX|1|ST|a^^99LAB~||v||||||F",
            "OBX|2|ST|b^^L||v||||||F",
            "OBX|3|ST|c||v||||||F",
            "OBX|4|ST|d^^OURS||v||||||F");

    Hl7Mapping mapping =
        Hl7Messages.read(
            message,
            Oru.KNOWN.localCodeSystem("http://lab.org/local").codeSystem("OURS", "http://o.org"));

    assertThat(Oru.all(mapping, Observation.class))
        .extracting(observation -> observation.getCode().getCodingFirstRep().getSystem())
        .containsExactly(
            "http://lab.org/local", "http://lab.org/local", "http://lab.org/local", "http://o.org");
    assertThat(mapping.unmapped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mg/dL,mg/dL,mg/dL",
    "mmHg,mmHg,mm[Hg]",
    "mm[Hg]^mmHg^UCUM,mmHg,mm[Hg]",
    "beats/min,beats/min,/min",
    "[foz_us]^fluid ounces^UCUM,fluid ounces,[foz_us]"
  })
  void a_unit_that_ucum_knows_has_its_code(String sent, String text, String code) {
    Quantity quantity = Oru.observation("OBX|1|NM|1^^LN||2|" + sent + "|||||F").getValueQuantity();

    assertThat(quantity.getUnit()).isEqualTo(text);
    assertThat(quantity.getSystem()).isEqualTo("http://unitsofmeasure.org");
    assertThat(quantity.getCode()).isEqualTo(code);
  }

  @Test
  void another_unit_stays_a_text_and_is_reported() {
    Hl7Mapping mapping = Hl7Messages.readSegment("OBX|1|NM|1^^LN||2|titer|||||F");

    Quantity quantity = Oru.only(mapping, Observation.class).getValueQuantity();
    assertThat(quantity.getUnit()).isEqualTo("titer");
    assertThat(quantity.hasSystem()).isFalse();
    assertThat(quantity.hasCode()).isFalse();
    assertThat(Oru.places(mapping)).containsExactly("OBX[1]-6[1]");
  }

  @ParameterizedTest
  @CsvSource({"60-100,60,100", "3.5 - 5.0,3.5,5.0", "-2-2,-2,2", "<5,,5", "> 40,40,", "negative,,"})
  void a_reference_range_keeps_its_text_and_has_bounds_where_they_are_sure(
      String text, String low, String high) {
    ObservationReferenceRangeComponent range =
        Oru.observation("OBX|1|NM|1^^LN||2|mg/dL|" + text + "||||F").getReferenceRangeFirstRep();

    assertThat(range.getText()).isEqualTo(text);
    assertThat(range.hasLow() ? range.getLow().getValue().toPlainString() : null).isEqualTo(low);
    assertThat(range.hasHigh() ? range.getHigh().getValue().toPlainString() : null).isEqualTo(high);
  }

  @Test
  void each_flag_is_an_interpretation() {
    Observation observation = Oru.observation("OBX|1|NM|1^^LN||2|mg/dL||HH~QQ|||F");

    assertThat(observation.getInterpretation())
        .extracting(
            flag -> flag.getCodingFirstRep().getSystem(),
            flag -> flag.getCodingFirstRep().getCode())
        .containsExactly(
            tuple("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "HH"),
            tuple("http://terminology.hl7.org/CodeSystem/v2-0078", "QQ"));
  }

  @Test
  void a_sub_id_is_kept() {
    Observation observation = Oru.observation("OBX|1|NM|1^^LN|1.2|2|mg/dL|||||F");

    assertThat(
            observation
                .getExtensionByUrl("http://hl7.org/fhir/StructureDefinition/observation-v2-subid")
                .getExtensionString("original-sub-identifier"))
        .isEqualTo("1.2");
  }

  @Test
  void what_nobody_asks_for_is_reported_by_place_and_without_its_value() {
    Hl7Mapping mapping =
        Hl7Messages.readSegment(
            "OBX|1|NM|1^a^LN^^^^^^^oid||2|mg/dL^^^x|||0.5||F|||20240523||9^Zanzibrook^Jo~8");

    assertThat(Oru.places(mapping))
        .isEqualTo(List.of("OBX[1]-3[1].10", "OBX[1]-6[1].4", "OBX[1]-9", "OBX[1]-16"));
    assertThat(mapping.toString() + mapping.unmapped()).doesNotContain("Zanzibrook");
  }
}
