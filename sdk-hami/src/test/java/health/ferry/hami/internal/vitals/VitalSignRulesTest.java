package health.ferry.hami.internal.vitals;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.ferry.hami.Finding;
import health.ferry.hami.internal.preflight.Findings;
import health.ferry.testkit.Canary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The seed's table of vital signs, and R4's profiles, as warnings. */
class VitalSignRulesTest {

  private static final String CODE =
      "'code':{'coding':[{'system':'http://loinc.org','code':'%s'}]}";
  private static final String FRAME =
      "'resourceType':'Observation','status':'final','category':[{'coding':[{'system':"
          + "'http://terminology.hl7.org/CodeSystem/observation-category','code':'vital-signs'}]}],"
          + "'subject':{'reference':'Patient/p'},'effectiveDateTime':'2024-05-23T10:12:00Z',";
  private static final String QUANTITY =
      "'valueQuantity':{'value':7,'system':'http://unitsofmeasure.org','code':'%s'}";
  private static final String BLOOD_PRESSURE = "{" + FRAME + CODE.formatted("85354-9");

  @ParameterizedTest
  @CsvSource({
    "8867-4, /min",
    "9279-1, /min",
    "8310-5, Cel",
    "8310-5, [degF]",
    "29463-7, kg",
    "29463-7, [lb_av]",
    "8302-2, cm",
    "8302-2, [in_i]",
    "2708-6, %"
  })
  void every_sign_and_unit_of_the_table_passes(String code, String unit) throws Exception {
    assertThat(check("{" + FRAME + CODE.formatted(code) + "," + QUANTITY.formatted(unit) + "}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "8867-4, {beats}/min, should be /min",
    "8310-5, K, should be Cel or [degF]",
    "29463-7, g, should be kg or [lb_av]",
    "8302-2, m, should be cm or [in_i]",
    "2708-6, 1, should be %"
  })
  void a_unit_beside_the_table_is_told(String code, String unit, String rule) throws Exception {
    assertThat(check("{" + FRAME + CODE.formatted(code) + "," + QUANTITY.formatted(unit) + "}"))
        .containsExactly("valueQuantity.code: " + rule);
  }

  @Test
  void the_seeds_example_from_hl7_v2_lacks_what_the_profile_asks_for() throws Exception {
    assertThat(
            check(
                """
                {"resourceType":"Observation","status":"final",
                 "code":{"coding":[{"system":"http://loinc.org","code":"8867-4",
                   "display":"Heart rate"}]},
                 "valueQuantity":{"value":129,"unit":"/min",
                   "system":"http://unitsofmeasure.org","code":"/min"}}"""))
        .containsExactly(
            "category: should hold vital-signs of"
                + " http://terminology.hl7.org/CodeSystem/observation-category",
            "subject: should be the patient",
            "effectiveDateTime: should be there, or effectivePeriod");
  }

  @Test
  void codes_and_units_are_of_loinc_and_ucum() throws Exception {
    assertThat(
            check(
                "{"
                    + FRAME
                    + "'code':{'coding':[{'code':'x'},{'code':'8867-4'}]},"
                    + "'valueQuantity':{'value':'7','code':'/min'}}"))
        .containsExactly(
            "code.coding[1].system: should be http://loinc.org",
            "valueQuantity.value: should be a number",
            "valueQuantity.system: should be http://unitsofmeasure.org");
  }

  @Test
  void a_reading_without_a_value_says_why() throws Exception {
    String reading = "{" + FRAME + CODE.formatted("8867-4");

    assertThat(check(reading + "}"))
        .containsExactly("valueQuantity: should be there, or dataAbsentReason");
    assertThat(check(reading + ",'dataAbsentReason':{'text':'unknown'}}")).isEmpty();
  }

  @Test
  void oxygen_saturation_has_the_profiles_code_beside_the_oximeters() throws Exception {
    String value = "," + QUANTITY.formatted("%") + "}";

    assertThat(check("{" + FRAME + CODE.formatted("59408-5") + value))
        .containsExactly("code.coding: should hold 2708-6 as well: R4's profile asks for it");
    assertThat(
            check(
                "{"
                    + FRAME
                    + "'code':{'coding':[{'system':'http://loinc.org','code':'59408-5'},"
                    + "{'system':'http://loinc.org','code':'2708-6'}]}"
                    + value))
        .isEmpty();
  }

  @Test
  void a_blood_pressure_has_both_components_and_no_value_of_its_own() throws Exception {
    String both = component("8480-6", "mm[Hg]") + "," + component("8462-4", "mm[Hg]");

    assertThat(check(BLOOD_PRESSURE + ",'component':[" + both + "]}")).isEmpty();
    assertThat(check(BLOOD_PRESSURE + "," + QUANTITY.formatted("mm[Hg]") + "}"))
        .containsExactly(
            "valueQuantity: should not be there: a blood pressure has components",
            "component: should have one with 8480-6",
            "component: should have one with 8462-4");
    assertThat(
            check(
                BLOOD_PRESSURE
                    + ",'component':["
                    + component("8462-4", "kPa")
                    + ",{"
                    + CODE.formatted("8480-6")
                    + "}]}"))
        .containsExactly(
            "component[1].valueQuantity: should be there, or dataAbsentReason",
            "component[0].valueQuantity.code: should be mm[Hg]");
  }

  @Test
  void a_part_of_a_blood_pressure_does_not_stand_alone() throws Exception {
    assertThat(check("{" + FRAME + CODE.formatted("8480-6") + "}"))
        .containsExactly(
            "code: is a part of a blood pressure: send 85354-9 with both parts as components");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'resourceType':'Observation','code':{'coding':[{'code':'39156-5'}]}}",
        "{'resourceType':'Condition','code':{'coding':[{'code':'8867-4'}]}}",
        "{'resourceType':'Observation','code':'8867-4'}",
        "{'resourceType':'Observation','code':{'coding':'8867-4'}}",
        "{'resourceType':'Observation','code':[[{'code':7}]]}",
        "{'resourceType':7}",
        "{}"
      })
  void what_is_no_sign_of_the_table_is_left_alone(String json) throws Exception {
    assertThat(check(json)).isEmpty();
  }

  @Test
  void a_finding_never_holds_a_value() throws Exception {
    List<String> findings =
        check(
            "{'resourceType':'Observation','code':{'coding':[{'system':'NAME','code':'8867-4'}]},"
                    .replace("NAME", Canary.FAMILY)
                + "'subject':'NAME','category':'NAME','valueQuantity':{'value':'NAME','unit':'NAME',"
                    .replace("NAME", Canary.FAMILY)
                + "'system':'NAME','code':'NAME'}}".replace("NAME", Canary.FAMILY));

    assertThat(findings).hasSize(6).noneMatch(text -> text.contains(Canary.FAMILY));
  }

  private static String component(String code, String unit) {
    return "{" + CODE.formatted(code) + "," + QUANTITY.formatted(unit) + "}";
  }

  private static List<String> check(String json) throws Exception {
    JsonNode resource = new ObjectMapper().readTree(json.replace('\'', '"'));
    Findings findings = Findings.none();
    new VitalSignRules().check(resource, findings);
    assertThat(findings.all())
        .allSatisfy(found -> assertThat(found.level()).isEqualTo(Finding.Level.WARNING));
    return findings.all().stream().map(found -> found.path() + ": " + found.rule()).toList();
  }
}
