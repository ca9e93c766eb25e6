package health.ferry.testkit;

import static health.ferry.testkit.PierflowCalls.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a package, and how packages come about. */
class PierflowPackageTest extends FreshPierflow {

  private static final String BUNDLE =
      """
      {"resourceType": "Bundle",  "type":"collection","entry":[{"resource":
       {"resourceType":"Patient","id":"pat_given_1","identifier":[
         {"system":"https://pierflow.com/mrn","value":"X-1"}]}}]}""";

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String file(Map<String, String> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private List<JsonNode> bundles() throws Exception {
    List<JsonNode> bundles = new ArrayList<>();
    PierflowCalls.files(calls.zip(packageId()))
        .forEach(
            (name, json) -> {
              if (name.startsWith("patients/")) {
                bundles.add(Http.json(json));
              }
            });
    return bundles;
  }

  @Test
  void has_the_checksum_that_the_list_tells() throws Exception {
    assertThat(sha256(calls.zip(packageId())))
        .isEqualTo(calls.list().get(0).path("checksum_sha256").asText());
  }

  @Test
  void holds_a_bundle_for_each_patient_a_manifest_and_the_checksums_of_both() throws Exception {
    Map<String, String> files = PierflowCalls.files(calls.zip(packageId()));
    assertThat(files).hasSize(5);
    JsonNode manifest = Http.json(file(files, "manifest.json"));
    assertThat(manifest.path("organization_id").asText()).isEqualTo("org_north_clinic");
    assertThat(manifest.path("organization_name").asText()).isEqualTo("North Clinic");
    assertThat(manifest.path("patients").findValuesAsText("patient_id"))
        .isEqualTo(partner.packages().get(0).patientIds());
    StringBuilder expected = new StringBuilder();
    for (String path :
        List.of(
            "manifest.json",
            manifest.path("patients").path(0).path("file").asText(),
            manifest.path("patients").path(1).path("file").asText(),
            manifest.path("patients").path(2).path("file").asText())) {
      expected.append(sha256(file(files, path).getBytes(StandardCharsets.UTF_8)));
      expected.append("  ").append(path).append('\n');
    }
    assertThat(files.get("checksum.sha256")).isEqualTo(expected.toString());
  }

  @Test
  void has_bundles_as_pierflow_makes_them() throws Exception {
    for (JsonNode bundle : bundles()) {
      assertThat(bundle.path("type").asText()).isEqualTo("collection");
      assertThat(bundle.path("total").asInt()).isEqualTo(bundle.path("entry").size());
      assertThat(bundle.path("timestamp").asText()).isEqualTo("2026-06-01T02:00:00.000Z");
      JsonNode patient = bundle.path("entry").path(0).path("resource");
      assertThat(patient.path("resourceType").asText()).isEqualTo("Patient");
      assertThat(patient.path("name").path(0).path("family").asText()).contains(Canary.FAMILY);
      for (JsonNode entry : bundle.path("entry")) {
        JsonNode resource = entry.path("resource");
        assertThat(resource.path("id").asText()).contains("_");
        assertThat(entry.path("fullUrl").asText())
            .isEqualTo(resource.path("resourceType").asText() + "/" + resource.path("id").asText());
        assertThat(resource.has("meta")).isFalse();
      }
    }
  }

  @Test
  void has_subjects_that_lead_nowhere_and_encounters_that_resolve() throws Exception {
    for (JsonNode bundle : bundles()) {
      Set<String> fullUrls = new HashSet<>(bundle.findValuesAsText("fullUrl"));
      Set<String> patients = new TreeSet<>();
      int encounters = 0;
      for (String reference : bundle.findValuesAsText("reference")) {
        if (reference.startsWith("Patient/")) {
          patients.add(reference);
        } else {
          assertThat(fullUrls).contains(reference);
          encounters++;
        }
      }
      assertThat(patients)
          .as("one for each paper")
          .hasSize(2)
          .allMatch(reference -> reference.matches("Patient/pat_[0-9a-z]{12}"))
          .doesNotContainAnyElementsOf(fullUrls);
      assertThat(encounters).isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void writes_vital_signs_without_codes_of_units() throws Exception {
    List<JsonNode> pressures = new ArrayList<>();
    for (JsonNode entry : bundles().get(0).path("entry")) {
      JsonNode resource = entry.path("resource");
      if (resource.path("code").path("coding").path(0).path("code").asText().equals("85354-9")) {
        pressures.add(resource);
      }
      assertThat(resource.path("valueQuantity").has("code")).isFalse();
    }
    assertThat(pressures).hasSize(2);
    JsonNode observation = pressures.get(0);
    assertThat(observation.path("effectiveDateTime").asText()).matches("\\d{4}-\\d\\d-\\d\\d");
    JsonNode pressure = observation.path("component").path(0).path("valueQuantity");
    assertThat(pressure.path("unit").asText()).isEqualTo("mmHg");
    assertThat(pressure).hasSize(2);
  }

  @Test
  void has_the_same_bundles_for_the_same_seed() throws Exception {
    List<JsonNode> here = bundles();
    try (PartnerSandbox other = PartnerSandbox.builder().patients(3).start()) {
      PierflowPackage same = other.pierflow().packages().get(0);
      assertThat(same.patientIds().stream().map(id -> Http.json(same.bundle(id)))).isEqualTo(here);
    }
    try (PartnerSandbox other = PartnerSandbox.builder().patients(3).seed(1).start()) {
      PierflowPackage changed = other.pierflow().packages().get(0);
      assertThat(Http.json(changed.bundle(changed.patientIds().get(0)))).isNotEqualTo(here.get(0));
    }
  }

  @Test
  void waits_for_a_build_when_asked_and_divides_the_patients_over_packages() {
    try (PartnerSandbox other =
        PartnerSandbox.builder()
            .patients(5)
            .pierflow(PierflowOptions.defaults().buildAtStart(false).patientsPerPackage(2))
            .start()) {
      PierflowPartner pierflow = other.pierflow();
      assertThat(pierflow.packages()).isEmpty();
      assertThat(pierflow.waiting()).hasSize(5);
      List<String> built = pierflow.buildNow();
      assertThat(built).hasSize(3).doesNotHaveDuplicates();
      assertThat(pierflow.packages().stream().map(one -> one.patientIds().size()))
          .containsExactly(2, 2, 1);
      assertThat(pierflow.waiting()).isEmpty();
      assertThat(pierflow.buildNow()).isEmpty();
    }
  }

  @Test
  void builds_a_package_of_given_bundles_byte_for_byte() throws Exception {
    String id = partner.buildPackage(List.of(BUNDLE));
    Map<String, String> files = PierflowCalls.files(calls.zip(id));
    assertThat(files.get("patients/pat_given_1.json")).isEqualTo(BUNDLE);
    JsonNode patient = Http.json(file(files, "manifest.json")).path("patients").path(0);
    assertThat(patient.path("mrn").asText()).isEqualTo("X-1");
    assertThat(patient.path("record_count").asInt()).isEqualTo(1);
    assertThat(partner.importPackage(id).bundle("pat_given_1")).isEqualTo(BUNDLE);
    assertThatThrownBy(() -> partner.buildPackage(List.of("{}")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> partner.buildPackage(List.of("{")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void makes_packages_of_the_bundles_of_a_folder_too(@TempDir Path folder) throws Exception {
    Files.writeString(
        folder.resolve("one.json"),
        """
        {"resourceType":"Bundle","type":"transaction","entry":[
          {"fullUrl":"urn:uuid:7a1","resource":{"resourceType":"Patient","gender":"other",
            "name":[{"family":"Example","given":["Ida"]}]}},
          {"fullUrl":"urn:uuid:7a2","resource":{"resourceType":"Encounter",
            "subject":{"reference":"urn:uuid:7a1"},"period":{"start":"2024-05-23T10:12:00Z"}}},
          {"fullUrl":"urn:uuid:7a3","resource":{"resourceType":"Condition",
            "subject":{"reference":"urn:uuid:7a1"},"encounter":{"reference":"urn:uuid:7a2"}}},
          {"fullUrl":"urn:uuid:7a4","resource":{"resourceType":"Claim",
            "patient":{"reference":"urn:uuid:7a1"}}}]}""");
    try (PartnerSandbox other = PartnerSandbox.builder().data(folder).start()) {
      PierflowPackage made = other.pierflow().packages().get(0);
      JsonNode bundle = Http.json(made.bundle(made.patientIds().get(0)));
      assertThat(bundle.findValuesAsText("fullUrl"))
          .containsExactly(
              "Patient/" + made.patientIds().get(0), "Encounter/enc_7a2", "Condition/cond_7a3");
      assertThat(bundle.findValuesAsText("reference"))
          .hasSize(3)
          .endsWith("Encounter/enc_7a2")
          .allMatch(reference -> reference.matches("Patient/pat_[0-9a-z]{12}|Encounter/enc_7a2"));
      assertThat(bundle.findValuesAsText("start")).containsExactly("2024-05-23");
    }
  }

  @Test
  void serves_given_bytes_as_they_are() throws Exception {
    byte[] bytes = {80, 75, 3, 4, 0};
    String id = partner.serve(bytes);
    assertThat(calls.zip(id)).isEqualTo(bytes);
    assertThat(calls.list().get(0).path("checksum_sha256").asText()).isEqualTo(sha256(bytes));
    error(calls.download("pkg_nowhere"), 404, "PACKAGE_NOT_FOUND");
  }

  @Test
  void hands_an_acknowledged_package_out_again() throws Exception {
    byte[] before = calls.zip(packageId());
    calls.acknowledge(packageId(), "{\"imported_patient_count\":3}");
    assertThat(calls.zip(packageId())).isEqualTo(before);
  }

  @Test
  void says_nothing_of_patients_in_its_texts() {
    Canary.assertAbsent(partner.packages().get(0));
    assertThat(partner.packages().get(0)).hasToString(packageId());
  }
}
