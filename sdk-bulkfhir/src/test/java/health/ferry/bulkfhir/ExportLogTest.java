package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.FerryException;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Fault;
import health.ferry.testkit.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code log.ndjson}: "Bulk Data Export Log Items". */
class ExportLogTest extends SandboxTest {

  private static final ExportRequest PATIENTS =
      ExportRequest.system().types("Patient").typeFilter("Patient?name=Canary").build();

  private List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : Files.readAllLines(out().resolve("log.ndjson"))) {
      events.add(JsonTree.read(line.getBytes(StandardCharsets.UTF_8)));
    }
    return events;
  }

  private List<String> names() throws IOException {
    return events().stream().map(event -> event.path("eventId").asText()).toList();
  }

  private JsonNode detail(String event) throws IOException {
    return events().stream()
        .filter(found -> found.path("eventId").asText().equals(event))
        .map(found -> found.path("eventDetail"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void tells_an_export_from_kick_off_to_end() throws IOException {
    ExportResult result = client().export(PATIENTS, out());

    assertThat(names())
        .containsExactly(
            "kickoff",
            "status_progress",
            "status_complete",
            "status_page_complete",
            "manifest_complete",
            "download_request",
            "download_complete",
            "export_complete");
    assertThat(detail("kickoff").path("exportUrl").asText()).contains("/$export?_type=Patient");
    assertThat(detail("kickoff").path("requestParameters").path("_type").asText())
        .isEqualTo("Patient");
    assertThat(detail("manifest_complete").path("totalOutputFileCount").asInt()).isEqualTo(1);
    assertThat(detail("manifest_complete").path("transactionTime").asText())
        .isEqualTo(result.transactionTime().orElseThrow().toString());
    assertThat(detail("download_request").path("itemType").asText()).isEqualTo("output");
    assertThat(detail("download_request").path("resourceType").asText()).isEqualTo("Patient");
    assertThat(detail("download_complete").path("resourceCount").asLong()).isEqualTo(3);
    assertThat(detail("download_complete").path("fileSize").asLong()).isEqualTo(result.bytes());
    assertThat(detail("export_complete").path("files").asInt()).isEqualTo(1);
    assertThat(detail("export_complete").path("resources").asLong()).isEqualTo(3);
    for (JsonNode event : events()) {
      assertThat(Instant.parse(event.path("timestamp").asText())).isBefore(Instant.MAX);
    }
  }

  @Test
  void holds_no_key_no_search_value_and_no_token() throws IOException {
    options(o -> o.presigned());
    client().export(PATIENTS, out());

    String log = Files.readString(out().resolve("log.ndjson"));
    assertThat(log).doesNotContain("?sig", "Canary", "_typeFilter", partner.staticToken());
    assertThat(detail("download_request").path("fileUrl").asText()).endsWith("Patient-1.ndjson");
  }

  @Test
  void goes_on_under_one_export_id_and_tells_what_failed() throws IOException {
    partner.files().fault("/files/job-1/Patient-1.ndjson", 5, Fault.status(500));
    client().export(PATIENTS, out());
    assertThat(names()).contains("download_error").doesNotContain("export_complete");
    assertThat(detail("download_error").path("code").asInt()).isEqualTo(500);
    Files.writeString(out().resolve("log.ndjson"), "{\"exportId\":\"to", StandardOpenOption.APPEND);

    assertThat(client().export(PATIENTS, out()).isComplete()).isTrue();

    assertThat(names()).filteredOn("kickoff"::equals).hasSize(1);
    assertThat(names()).endsWith("download_complete", "export_complete");
    assertThat(events().stream().map(event -> event.path("exportId").asText()).distinct())
        .hasSize(1);
  }

  @Test
  void is_left_alone_by_a_run_that_has_nothing_to_do() throws IOException {
    client().export(PATIENTS, out());
    String before = Files.readString(out().resolve("log.ndjson"));

    client().export(PATIENTS, out());

    assertThat(Files.readString(out().resolve("log.ndjson"))).isEqualTo(before);
  }

  @Test
  void tells_of_a_kick_off_that_was_refused() throws IOException {
    partner.script(Step.KICK_OFF, ControlAnswer.status(403));

    assertThatThrownBy(() -> client().export(PATIENTS, out())).isInstanceOf(FerryException.class);

    assertThat(names()).containsExactly("kickoff");
    assertThat(detail("kickoff").path("errorCode").asInt()).isEqualTo(403);
  }

  @Test
  void that_cannot_be_written_costs_no_second_job() throws IOException {
    Files.createDirectories(out().resolve(".ferry"));
    Files.createDirectories(out().resolve("log.ndjson"));
    assertThatThrownBy(() -> client().export(PATIENTS, out()))
        .isInstanceOf(UncheckedIOException.class);
    Files.delete(out().resolve("log.ndjson"));

    assertThat(client().export(PATIENTS, out()).isComplete()).isTrue();

    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void tells_of_a_job_that_failed() throws IOException {
    partner.script(Step.STATUS, ControlAnswer.operationOutcome(500, "not-supported", "Canary"));

    assertThatThrownBy(() -> client().export(PATIENTS, out())).isInstanceOf(FerryException.class);

    assertThat(names()).containsExactly("kickoff", "status_error");
    assertThat(Files.readString(out().resolve("log.ndjson"))).doesNotContain("Canary");
  }
}
