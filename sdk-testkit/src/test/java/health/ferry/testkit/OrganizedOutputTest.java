package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code organizeOutputBy=Patient}: files of blocks, each headed by a Parameters resource. */
class OrganizedOutputTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(PartnerSandbox.builder().patients(3));

  private static final BulkFhirOptions STU3 =
      BulkFhirOptions.defaults().version(BulkDataVersion.STU3).pollsUntilDone(0);
  private static final String EXPORT =
      "/Patient/$export?_type=Patient,Observation,Condition&organizeOutputBy=Patient";

  private BulkFhirPartner partner;
  private ExportCalls calls;

  @BeforeEach
  void calls(BulkFhirPartner sandbox) {
    partner = sandbox;
    calls = new ExportCalls(partner);
  }

  private static String subject(JsonNode line) {
    return switch (line.path("resourceType").asText()) {
      case "Parameters" -> line.at("/parameter/0/valueReference/reference").asText();
      case "Patient" -> "Patient/" + line.path("id").asText();
      default -> line.path("subject").path("reference").asText();
    };
  }

  @Test
  void heads_each_block_and_keeps_it_in_one_file() throws Exception {
    partner.options(STU3.resourcesPerFile(25));
    JsonNode manifest = calls.manifestOf(EXPORT);
    assertThat(manifest.path("outputOrganizedBy").asText()).isEqualTo("Patient");
    assertThat(manifest.path("output").findValuesAsText("type")).isEmpty();
    assertThat(manifest.path("output").findValuesAsText("count")).containsExactly("24", "12");
    assertThat(manifest.path("output").findValuesAsText("continuesInFile")).isEmpty();

    List<JsonNode> lines = calls.output(manifest);
    assertThat(lines).hasSize(3 + 36);
    List<String> headers = new ArrayList<>();
    for (JsonNode line : lines) {
      if (line.path("resourceType").asText().equals("Parameters")) {
        assertThat(line.at("/parameter/0/name").asText()).isEqualTo("header");
        headers.add(subject(line));
      }
      assertThat(subject(line)).isEqualTo(headers.get(headers.size() - 1));
    }
    assertThat(headers).hasSize(3).doesNotHaveDuplicates();
    assertThat(lines.get(1).path("resourceType").asText()).isEqualTo("Patient");
  }

  @Test
  void repeats_the_header_where_a_block_goes_on_in_another_file() throws Exception {
    partner.options(STU3.resourcesPerFile(8));
    JsonNode manifest = calls.manifestOf(EXPORT);
    JsonNode output = manifest.path("output");
    assertThat(output.findValuesAsText("count")).containsExactly("8", "4", "8", "4", "8", "4");
    assertThat(output.path(0).path("continuesInFile").asText()).isEqualTo("by-patient-2.ndjson");
    assertThat(output.path(1).has("continuesInFile")).isFalse();
    assertThat(output.path(1).path("url").asText()).endsWith("/by-patient-2.ndjson");
    for (JsonNode entry : output) {
      String first = calls.get(entry.path("url").asText()).body().lines().findFirst().orElseThrow();
      assertThat(first).startsWith("{\"resourceType\":\"Parameters\"");
    }
  }

  @Test
  void names_the_next_file_by_its_url_when_told() throws Exception {
    partner.options(STU3.resourcesPerFile(8).presigned().quirks(Quirk.CONTINUATION_AS_URL));
    JsonNode output = calls.manifestOf(EXPORT).path("output");
    assertThat(output.path(0).path("continuesInFile"))
        .isEqualTo(output.path(1).path("url"))
        .isNotEqualTo(output.path(0).path("url"));
  }

  @Test
  void is_not_known_before_stu3() throws Exception {
    partner.options(STU3.version(BulkDataVersion.STU2));
    JsonNode manifest = calls.manifestOf(EXPORT);
    assertThat(manifest.has("outputOrganizedBy")).isFalse();
    assertThat(manifest.path("output").findValuesAsText("type"))
        .containsExactly("Condition", "Observation", "Patient");
  }
}
