package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.ferry.core.InvalidInputException;
import health.ferry.fhir.FhirR4;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VitalSignsTest {

  private static final Instant MOMENT = Instant.parse("2024-05-23T10:12:00.9Z");

  @ParameterizedTest(name = "{0} {3}")
  @MethodSource("everySign")
  void has_the_code_unit_and_profile_of_the_table(
      String title,
      VitalSignBuilder builder,
      List<String> codes,
      String unitCode,
      String unit,
      String profile)
      throws Exception {
    JsonNode sent = json(built(builder));

    assertThat(sent.at("/meta/profile/0").textValue())
        .isEqualTo("http://hl7.org/fhir/StructureDefinition/" + profile);
    assertThat(sent.at("/status").textValue()).isEqualTo("final");
    assertThat(sent.at("/category/0/coding/0/code").textValue()).isEqualTo("vital-signs");
    assertThat(sent.at("/code/text").textValue()).isEqualTo(title);
    assertThat(sent.at("/code/coding"))
        .extracting(each -> each.get("code").textValue())
        .isEqualTo(codes);
    assertThat(sent.at("/code/coding"))
        .allSatisfy(
            each -> assertThat(each.get("system").textValue()).isEqualTo("http://loinc.org"));
    assertThat(sent.at("/valueQuantity/code").textValue()).isEqualTo(unitCode);
    assertThat(sent.at("/valueQuantity/unit").textValue()).isEqualTo(unit);
    assertThat(sent.at("/valueQuantity/system").textValue()).isEqualTo("http://unitsofmeasure.org");
    assertThat(sent.at("/subject/reference").textValue()).isEqualTo("Patient/p1");
    assertThat(sent.at("/effectiveDateTime").textValue()).isEqualTo("2024-05-23T10:12:00Z");
  }

  static Stream<Arguments> everySign() {
    return Stream.of(
        sign(
            "Heart Rate",
            VitalSigns.heartRate(129).perMinute(),
            "8867-4",
            "/min",
            "beats/min",
            "heartrate"),
        sign(
            "Respiratory Rate",
            VitalSigns.respiratoryRate(31).perMinute(),
            "9279-1",
            "/min",
            "1/min",
            "resprate"),
        sign(
            "Body Temperature",
            VitalSigns.bodyTemperature(37.0).celsius(),
            "8310-5",
            "Cel",
            "°C",
            "bodytemp"),
        sign(
            "Body Temperature",
            VitalSigns.bodyTemperature(98.6).fahrenheit(),
            "8310-5",
            "[degF]",
            "°F",
            "bodytemp"),
        sign(
            "Body Weight",
            VitalSigns.bodyWeight(7.5).kilograms(),
            "29463-7",
            "kg",
            "kg",
            "bodyweight"),
        sign(
            "Body Weight",
            VitalSigns.bodyWeight(16.5).pounds(),
            "29463-7",
            "[lb_av]",
            "lb",
            "bodyweight"),
        sign(
            "Body Height",
            VitalSigns.bodyHeight(68).centimetres(),
            "8302-2",
            "cm",
            "cm",
            "bodyheight"),
        sign(
            "Body Height",
            VitalSigns.bodyHeight(27).inches(),
            "8302-2",
            "[in_i]",
            "in",
            "bodyheight"),
        Arguments.of(
            "Oxygen Saturation",
            VitalSigns.oxygenSaturation(97).percent(),
            List.of("2708-6", "59408-5"),
            "%",
            "%",
            "oxygensat"));
  }

  private static Arguments sign(
      String title,
      VitalSignBuilder builder,
      String code,
      String unitCode,
      String unit,
      String profile) {
    return Arguments.of(title, builder, List.of(code), unitCode, unit, profile);
  }

  @Test
  void a_blood_pressure_has_its_values_in_its_components_alone() throws Exception {
    JsonNode sent = json(built(VitalSigns.bloodPressure(79, 45)));

    assertThat(sent.has("valueQuantity")).isFalse();
    assertThat(sent.at("/component/0/code/coding/0/code").textValue()).isEqualTo("8480-6");
    assertThat(sent.at("/component/0/valueQuantity/value").asText()).isEqualTo("79");
    assertThat(sent.at("/component/1/code/coding/0/code").textValue()).isEqualTo("8462-4");
    assertThat(sent.at("/component/1/valueQuantity/value").asText()).isEqualTo("45");
  }

  @ParameterizedTest
  @MethodSource("everyNumber")
  void a_number_is_sent_with_the_digits_that_it_has(Number given, String sent) {
    Observation weight = built(VitalSigns.bodyWeight(given).kilograms());

    assertThat(FhirR4.shared().codec().encode(weight))
        .contains("\"valueQuantity\":{\"value\":" + sent + ",");
  }

  static Stream<Arguments> everyNumber() {
    return Stream.of(
        Arguments.of(129, "129"),
        Arguments.of(129L, "129"),
        Arguments.of((short) 7, "7"),
        Arguments.of((byte) 7, "7"),
        Arguments.of(BigInteger.TEN, "10"),
        Arguments.of(0, "0"),
        Arguments.of(37.0, "37.0"),
        Arguments.of(36.6, "36.6"),
        Arguments.of(36.6f, "36.6"),
        Arguments.of(0.1 + 0.2, "0.30000000000000004"),
        Arguments.of(new BigDecimal("7.500"), "7.500"),
        Arguments.of(new BigDecimal("70.123456789012345678901"), "70.123456789012345678901"));
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void what_cannot_have_been_measured_is_refused(VitalSignBuilder builder, String violation) {
    assertThatThrownBy(() -> built(builder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("HAMI build Observation failed: Observation." + violation);
  }

  static Stream<Arguments> nonsense() {
    String notFinite = "valueQuantity.value: must be a finite number of a type of the JDK";
    String negative = "valueQuantity.value: must not be negative";
    return Stream.of(
        Arguments.of(VitalSigns.heartRate(-1).perMinute(), negative),
        Arguments.of(VitalSigns.bodyTemperature(-0.5).celsius(), negative),
        Arguments.of(VitalSigns.bodyWeight(new BigDecimal("-7")).pounds(), negative),
        Arguments.of(VitalSigns.heartRate(Double.NaN).perMinute(), notFinite),
        Arguments.of(VitalSigns.bodyHeight(Double.POSITIVE_INFINITY).inches(), notFinite),
        Arguments.of(VitalSigns.bodyHeight(Float.NEGATIVE_INFINITY).inches(), notFinite),
        Arguments.of(VitalSigns.respiratoryRate(new AtomicInteger(7)).perMinute(), notFinite),
        Arguments.of(
            VitalSigns.oxygenSaturation(100.1).percent(),
            "valueQuantity.value: must be 100 percent at most"),
        Arguments.of(
            VitalSigns.bloodPressure(45, 79),
            "component: the systolic must not lie below the diastolic"),
        Arguments.of(
            VitalSigns.bloodPressure(79, -45),
            "component[1].valueQuantity.value: must not be negative"),
        Arguments.of(
            VitalSigns.bloodPressure(Double.NaN, 45),
            "component[0].valueQuantity.value: must be a finite number of a type of the JDK"));
  }

  @Test
  void patient_and_time_are_required() {
    assertThatThrownBy(() -> VitalSigns.heartRate(129).perMinute().build())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Observation.subject: is required")
        .hasMessageContaining("Observation.effectiveDateTime: is required");
  }

  @Test
  void the_same_reading_has_the_same_id_and_another_one_has_not() {
    String id = built(VitalSigns.heartRate(129).perMinute()).getIdPart();

    assertThat(built(VitalSigns.heartRate(129).perMinute()).getIdPart()).isEqualTo(id);
    assertThat(built(VitalSigns.heartRate(130).perMinute()).getIdPart()).isNotEqualTo(id);
    assertThat(built(VitalSigns.heartRate(129).perMinute().id("r-1")).getIdPart()).isEqualTo("r-1");
  }

  @Test
  void a_reading_may_be_preliminary_and_of_an_encounter_that_hami_has() {
    Observation reading =
        built(
            VitalSigns.heartRate(129)
                .perMinute()
                .status(ObservationStatus.PRELIMINARY)
                .encounter("Encounter/e-1"));

    assertThat(reading.getStatus()).isEqualTo(ObservationStatus.PRELIMINARY);
    assertThat(reading.getEncounter().getReference()).isEqualTo("Encounter/e-1");
  }

  private static Observation built(VitalSignBuilder builder) {
    return builder.subject("Patient/p1").at(MOMENT).build();
  }

  private static JsonNode json(Observation observation) throws Exception {
    return new ObjectMapper().readTree(FhirR4.shared().codec().encode(observation));
  }
}
