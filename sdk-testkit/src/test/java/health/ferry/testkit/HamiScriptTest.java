package health.ferry.testkit;

import static health.ferry.testkit.HamiCalls.error;
import static health.ferry.testkit.HamiCalls.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scripted answers to submissions. */
class HamiScriptTest {

  private static final HamiIssue BIRTH_DATE =
      new HamiIssue("Patient", "birthDate", "must be a valid date", "Invalid date format");
  private static final HamiIssue GENDER =
      new HamiIssue("Patient", "gender", "is not known", "Invalid gender");

  private final PartnerSandbox sandbox = PartnerSandbox.start();
  private final HamiPartner partner = sandbox.hami();
  private final HamiCalls calls = new HamiCalls(partner);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void answers_from_the_queue_then_as_usual() throws Exception {
    partner.script(2, HamiAnswer.internalServerError());
    partner.script(ControlAnswer.html(502));
    for (int i = 0; i < 2; i++) {
      JsonNode body =
          error(
              calls.submit(visit()),
              500,
              "Internal Server Error",
              "An unexpected error occurred while processing the FHIR Bundle");
      assertThat(body).hasSize(3);
    }
    assertThat(calls.submit(visit()).body()).startsWith("<!DOCTYPE html>");
    assertThat(partner.transactions()).isEmpty();
    calls.accepted(visit());
    partner.script(ControlAnswer.status(503));
    partner.clearScripts();
    calls.accepted(visit());
  }

  @Test
  void tells_several_findings_in_an_array() throws Exception {
    partner.script(HamiAnswer.unprocessable(List.of(BIRTH_DATE, GENDER)));
    HttpResponse<String> answer = calls.submit(visit());
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(Http.json(answer).path("details").findValuesAsText("field"))
        .containsExactly("birthDate", "gender");
  }

  @Test
  void resets_the_connection_before_or_after_the_bundle_is_stored() {
    partner.script(ControlAnswer.reset());
    assertThatThrownBy(() -> calls.submit(visit())).isInstanceOf(IOException.class);
    assertThat(partner.stored()).isEmpty();
    partner.script(ControlAnswer.lost());
    assertThatThrownBy(() -> calls.submit(visit())).isInstanceOf(IOException.class);
    assertThat(partner.stored()).hasSize(2);
    assertThat(partner.requests()).hasSize(2);
  }

  @Test
  void answers_late_once_the_bundle_is_stored() throws Exception {
    partner.script(ControlAnswer.asUsual().delay(Duration.ofMillis(300)));
    long start = System.nanoTime();
    calls.accepted(visit());
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    assertThat(partner.stored()).hasSize(2);
  }

  @Test
  void records_each_request_with_its_bytes_and_time() throws Exception {
    long before = System.nanoTime();
    calls.accepted(visit());
    calls.accepted(visit());
    List<RecordedRequest> requests = partner.requests();
    assertThat(requests)
        .allSatisfy(
            request -> {
              assertThat(request.body()).isEqualTo(visit().getBytes(StandardCharsets.UTF_8));
              assertThat(request.path()).isEqualTo("/api/g/north-clinic/ingestion/fhir/v4");
              assertThat(request.header("x-api-key")).contains(partner.apiKey());
              Canary.assertAbsent(request);
            });
    assertThat(requests.get(0).nanos()).isBetween(before, requests.get(1).nanos());
    assertThat(partner.transactions().get(0).nanos())
        .isLessThan(partner.transactions().get(1).nanos());
  }
}
