package health.ferry.hami.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservedValuesTest {

  @ParameterizedTest
  @CsvSource({"129,129", "+5,5", "-0.50,-0.50", "7.,7", ".5,0.5"})
  void a_number_keeps_its_digits(String sent, String value) {
    assertThat(quantity("NM", sent).getValue().toPlainString()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {">500", "neg", "1e9", "1,5", "12 34"})
  void what_is_no_number_is_kept_as_a_text_and_reported(String sent) {
    Hl7Mapping mapping = read("NM", sent);

    assertThat(value(mapping).primitiveValue()).isEqualTo(sent);
    assertThat(mapping.unmapped())
        .containsExactly(new Unmapped("OBX[1]-5[1]", "is no number; it is kept as a text"));
  }

  @ParameterizedTest
  @CsvSource({"'>^100',GREATER_THAN", "'<=^5',LESS_OR_EQUAL"})
  void a_structured_numeric_with_a_comparator_is_a_quantity(
      String sent, QuantityComparator comparator) {
    assertThat(quantity("SN", sent).getComparator()).isEqualTo(comparator);
  }

  @Test
  void a_structured_numeric_with_a_hyphen_is_a_range() {
    Range range = (Range) value(read("SN", "^10^-^20"));

    assertThat(range.getLow().getValue()).isEqualByComparingTo("10");
    assertThat(range.getHigh().getValue()).isEqualByComparingTo("20");
    assertThat(range.getHigh().getCode()).isEqualTo("mg/dL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"^1^:^128", "^1^/^128"})
  void a_structured_numeric_with_a_colon_or_slash_is_a_ratio(String sent) {
    Ratio ratio = (Ratio) value(read("SN", sent));

    assertThat(ratio.getNumerator().getValue()).isEqualByComparingTo("1");
    assertThat(ratio.getDenominator().getValue()).isEqualByComparingTo("128");
  }

  @Test
  void a_structured_numeric_with_a_plus_is_a_grade() {
    assertThat(value(read("SN", "^2^+")).primitiveValue()).isEqualTo("2+");
  }

  @ParameterizedTest
  @CsvSource({"'<>^5','<>5'", "'>^1^-^2','>1-2'", "'^many','many'"})
  void a_structured_numeric_that_is_none_of_these_is_kept_and_reported(String sent, String text) {
    Hl7Mapping mapping = read("SN", sent);

    assertThat(value(mapping).primitiveValue()).isEqualTo(text);
    assertThat(Oru.places(mapping)).containsExactly("OBX[1]-5[1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ST", "TX", "FT"})
  void the_repetitions_of_a_text_are_its_lines(String type) {
    assertThat(value(plain(type, "first~ second")).primitiveValue()).isEqualTo("first\n second");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      value = {
        "a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f => a|b^c&d~e\\f",
        "one\\.br\\two\\.sp2\\three => one\\ntwo\\n\\nthree",
        "\\H\\loud\\N\\ and \\.in+4\\plain => loud and plain",
        "\\XC3A9\\t\\X41\\ => étA",
        "C:\\dir is no escape => C:\\dir is no escape",
        "\\E\\.br\\E\\ stays => \\.br\\ stays",
        "\\X00\\ and \\XZZ\\ stay => \\X00\\ and \\XZZ\\ stay"
      })
  void escapes_are_resolved_once(String sent, String text) {
    String expected = text.startsWith("one") ? text.replace("\\n", "\n") : text;
    assertThat(value(plain("FT", sent)).primitiveValue()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"CE", "CWE", "CNE"})
  void a_code_is_a_concept_with_its_alternate(String type) {
    Hl7Mapping mapping = plain(type, "260373001^Detected^SCT^POS^Positive^99LAB");

    List<Coding> codings = ((CodeableConcept) value(mapping)).getCoding();
    assertThat(codings)
        .extracting(Coding::getSystem)
        .containsExactly("http://snomed.info/sct", "urn:x-hl7v2:99LAB");
    assertThat(codings).extracting(Coding::getCode).containsExactly("260373001", "POS");
    assertThat(codings).extracting(Coding::getDisplay).containsExactly("Detected", "Positive");
    assertThat(Oru.places(mapping)).containsExactly("OBX[1]-5[1].6");
  }

  @Test
  void a_code_without_a_code_is_a_concept_of_its_text() {
    CodeableConcept concept = (CodeableConcept) value(plain("CWE", "^Looks well"));

    assertThat(concept.getText()).isEqualTo("Looks well");
    assertThat(concept.getCoding()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "DT,20240523,2024-05-23",
    "DT,202405,2024-05",
    "TS,20240523101200+0200,2024-05-23T10:12:00+02:00",
    "DTM,202405231012+0000,2024-05-23T10:12:00Z",
    "DTM,20240523101200.5-0500,2024-05-23T10:12:00.500-05:00",
    "TM,1015,10:15:00",
    "TM,101530.25,10:15:30.25"
  })
  void dates_and_times_keep_their_precision(String type, String sent, String value) {
    Hl7Mapping mapping = plain(type, sent);

    assertThat(value(mapping).primitiveValue()).startsWith(value);
    assertThat(mapping.unmapped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"20240230", "May 5", "202413"})
  void what_is_no_date_is_kept_as_a_text_and_reported(String sent) {
    Hl7Mapping mapping = plain("DT", sent);

    assertThat(value(mapping)).isInstanceOf(StringType.class);
    assertThat(Oru.places(mapping)).containsExactly("OBX[1]-5[1].1");
  }

  @Test
  void a_type_that_has_no_counterpart_is_kept_as_a_text_and_reported() {
    Hl7Mapping mapping = plain("XCN", "7^Smith&von^Jo");

    assertThat(value(mapping).primitiveValue()).isEqualTo("7^Smith&von^Jo");
    assertThat(Oru.places(mapping)).containsExactly("OBX[1]-2");
  }

  @Test
  void a_document_is_reported_and_not_put_into_an_observation() {
    Hl7Mapping mapping = plain("ED", "LAB^application^pdf^Base64^JVBERi0=");

    assertThat(Oru.only(mapping, Observation.class).hasValue()).isFalse();
    assertThat(Oru.places(mapping)).containsExactly("OBX[1]-5");
  }

  @Test
  void several_values_are_components_with_the_observations_code() {
    Observation observation = Oru.only(read("NM", "1~2"), Observation.class);

    assertThat(observation.hasValue()).isFalse();
    assertThat(observation.getComponent())
        .extracting(component -> component.getValueQuantity().getValue().toPlainString())
        .containsExactly("1", "2");
    assertThat(observation.getComponent())
        .allSatisfy(
            component ->
                assertThat(component.getCode().getCodingFirstRep().getCode()).isEqualTo("2345-7"));
  }

  @Test
  void hl7s_delete_mark_is_no_value() {
    Hl7Mapping mapping = read("NM", "\"\"");

    assertThat(Oru.only(mapping, Observation.class).hasValue()).isFalse();
  }

  private static Quantity quantity(String type, String sent) {
    return (Quantity) value(read(type, sent));
  }

  private static Type value(Hl7Mapping mapping) {
    return Oru.only(mapping, Observation.class).getValue();
  }

  private static Hl7Mapping read(String type, String value) {
    return Hl7Messages.readSegment(
        "OBX|1|" + type + "|2345-7^Glucose^LN||" + value + "|mg/dL|||||F");
  }

  private static Hl7Mapping plain(String type, String value) {
    return Hl7Messages.readSegment("OBX|1|" + type + "|2345-7^Glucose^LN||" + value + "||||||F");
  }
}
