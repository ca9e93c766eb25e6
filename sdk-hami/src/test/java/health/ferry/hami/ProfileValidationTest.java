package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.Canary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HAPI's validator with R4's definitions, its places and rules in Ferry's words. */
class ProfileValidationTest {

  private static final ProfileValidation VALIDATION = ProfileValidation.r4();

  @Test
  void the_documented_request_is_valid() {
    assertThat(VALIDATION.check(SeedBundle.asDocumented().json())).isEmpty();
  }

  @Test
  void what_the_builders_build_is_valid() {
    Patient patient =
        PatientBuilder.builder("http://h.org/mrn", "7").homePhone("+1").email("a@b.org").build();
    List<Resource> resources = new ArrayList<>(SeedVisit.resources());
    resources.add(patient);
    for (VitalSignBuilder sign :
        List.of(
            VitalSigns.heartRate(129).perMinute(),
            VitalSigns.respiratoryRate(31).perMinute(),
            VitalSigns.bodyTemperature(37.0).celsius(),
            VitalSigns.bodyTemperature(98.6).fahrenheit(),
            VitalSigns.bodyWeight(7.5).kilograms(),
            VitalSigns.bodyWeight(16.5).pounds(),
            VitalSigns.bodyHeight(68).centimetres(),
            VitalSigns.bodyHeight(27).inches(),
            VitalSigns.oxygenSaturation(97).percent())) {
      resources.add(sign.subject(patient).at(Instant.parse("2024-05-23T10:12:00Z")).build());
    }
    resources.add(
        ConditionBuilder.builder(patient, ConditionBuilder.ICD_10_CM, "R11.1", "Vomiting")
            .problemListItem()
            .clinicalStatus("inactive")
            .verificationStatus("differential")
            .build());

    assertThat(resources).hasSize(16);
    assertThat(VALIDATION.check(bundleOf(resources))).isEmpty();
  }

  @Test
  void a_vital_sign_is_held_against_its_profile_though_it_declares_none() {
    assertThat(
            check(
                """
                {"resourceType":"Observation","status":"final",
                 "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},
                 "valueQuantity":{"value":129,"unit":"beats","system":"http://unitsofmeasure.org",
                   "code":"kg"}}"""))
        .contains(
            "Observation.category: lacks a part that R4 or its profile requires"
                + " (Validation_VAL_Profile_Minimum)",
            "Observation.subject: lacks a part that R4 or its profile requires"
                + " (Validation_VAL_Profile_Minimum)",
            "Observation.effective: lacks a part that R4 or its profile requires"
                + " (Validation_VAL_Profile_Minimum)",
            "Observation.value.code: must be what its profile fixes (_DT_Fixed_Wrong)");
  }

  @Test
  void a_finding_in_a_bundle_says_in_which_entry() {
    List<Finding> findings =
        VALIDATION.check(
            SeedBundle.asDocumented()
                .with("/entry/0/resource/gender", "'female?'")
                .without("/entry/4/resource/component/1/valueQuantity/code")
                .json());

    assertThat(findings)
        .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Finding.Level.WARNING));
    assertThat(findings)
        .extracting(finding -> finding.entry().orElseThrow() + " " + finding.path())
        .contains(
            "0 Bundle.entry[0].resource.gender",
            "4 Bundle.entry[4].resource.component[1].value.code");
  }

  @Test
  void codes_profiles_and_extensions_that_nobody_can_look_up_offline_pass() {
    assertThat(
            check(
                """
                {"resourceType":"Condition","meta":{"profile":["http://h.org/our-profile"]},
                 "extension":[{"url":"http://h.org/our-extension","valueString":"x"}],
                 "clinicalStatus":{"coding":[{"code":"active",
                   "system":"http://terminology.hl7.org/CodeSystem/condition-clinical"}]},
                 "subject":{"reference":"Patient/p1"},
                 "code":{"coding":[{"system":"http://snomed.info/sct","code":"422400008"},
                   {"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"R11.1"},
                   {"system":"http://loinc.org","code":"8867-4"},
                   {"system":"http://h.org/our-codes","code":"17"}]}}"""))
        .isEmpty();
  }

  @Test
  void no_finding_holds_a_value() {
    String json =
        """
        {"resourceType":"Bundle","type":"transaction","entry":[
         {"fullUrl":"urn:uuid:f6ff3181-2799-47a0-9b8e-ad5569eb91b0","resource":{
           "resourceType":"Patient","id":"NAME","birthDate":"NAME","gender":"NAME","NAME":"NAME",
           "telecom":[{"value":"NAME"}],"meta":{"profile":["http://NAME","NAME"]},
           "contained":[{"resourceType":"NAME","id":"NAME"},
             {"resourceType":"Patient","id":"a*/.NAME/*Patient/c","gender":"NAME"}]},
          "request":{"method":"POST","url":"Patient"}},
         {"fullUrl":"urn:uuid:39f640a9-e304-4c13-8b40-07ece7a03c15","resource":{
           "resourceType":"Observation","id":"a*/.NAME/*Patient/c","status":"NAME",
           "code":{"coding":[{"system":"http://loinc.org","code":"8867-4","display":"NAME"}]},
           "subject":{"reference":"NAME NAME"},"valueQuantity":{"value":7,"unit":"NAME",
           "system":"http://unitsofmeasure.org","code":"NAME"},"effectiveDateTime":"NAME"},
          "request":{"method":"NAME","url":"NAME"}},
         {"fullUrl":"NAME","resource":{"resourceType":"Condition","id":"NAME.c",
           "code":{"coding":[{"system":"http://NAME","code":"NAME"}]},
           "subject":{"reference":"#NAME"},"extension":[{"url":"NAME","valueString":"NAME"}],
           "clinicalStatus":{"coding":[{"code":"NAME",
             "system":"http://terminology.hl7.org/CodeSystem/condition-clinical"}]}}},
         {"fullUrl":"urn:uuid:39f640a9-e304-4c13-8b40-07ece7a03c16",
          "resource":{"resourceType":"NAME"},"request":{"method":"POST","url":"NAME"}}]}
        """
            .replace("NAME", Canary.FAMILY);

    List<Finding> findings = VALIDATION.check(json);

    assertThat(findings).hasSizeGreaterThan(15);
    assertThat(findings).allSatisfy(Canary::assertAbsent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Observation\",\"valueQuantity\":{\"value\":1E400}}",
        "{\"resourceType\":\"Nothing\"}",
        "{\"resourceType\":\"Patient\",\"meta\":7,\"name\":{},\"contact\":[[],null,\"\"]}",
        "{\"resourceType\":\"Bundle\",\"entry\":[7,null,{\"resource\":[]},{}]}",
        "{\"resourceType\":\"Observation\",\"meta\":7,\"code\":{\"coding\":[{\"code\":\"8867-4\"}]}}"
      })
  void whatever_the_json_holds_gives_findings(String json) {
    assertThat(VALIDATION.check(json)).isNotEmpty();
  }

  @Test
  void json_that_nests_as_deep_as_it_may_gives_findings() {
    int levels = 480;
    String json =
        "{\"resourceType\":\"Patient\",\"contact\":"
            + "[{\"name\":".repeat(levels)
            + "7"
            + "}]".repeat(levels)
            + "}";

    assertThat(VALIDATION.check(json)).isNotEmpty();
  }

  @Test
  void what_is_no_resource_is_an_error() {
    assertThat(VALIDATION.check("{"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.level()).isEqualTo(Finding.Level.ERROR);
              assertThat(finding.path()).isEqualTo("json");
            });
  }

  private static List<String> check(String json) {
    return VALIDATION.check(json).stream()
        .map(finding -> finding.path() + ": " + finding.rule())
        .toList();
  }

  private static Bundle bundleOf(List<Resource> resources) {
    Bundle bundle = new Bundle().setType(BundleType.TRANSACTION);
    for (Resource resource : resources) {
      String name = resource.fhirType() + "/" + resource.getIdPart();
      bundle
          .addEntry()
          .setFullUrl("http://h.org/fhir/" + name)
          .setResource(resource)
          .getRequest()
          .setMethod(HTTPVerb.POST)
          .setUrl(resource.fhirType());
    }
    return bundle;
  }
}
