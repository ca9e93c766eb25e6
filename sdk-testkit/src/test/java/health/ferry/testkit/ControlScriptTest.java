package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Scripted answers to control calls. */
class ControlScriptTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(PartnerSandbox.builder().patients(1));

  private BulkFhirPartner partner;
  private String kickOff;

  @BeforeEach
  void open_server(BulkFhirPartner sandbox) {
    partner = sandbox;
    partner.clearScripts();
    partner.options(BulkFhirOptions.defaults().requireAuth(false));
    kickOff = partner.baseUrl() + "/$export";
  }

  private String startJob() throws Exception {
    return Http.get(kickOff).headers().firstValue("Content-Location").orElseThrow();
  }

  @Test
  void answers_from_the_queue_then_as_usual() throws Exception {
    int jobs = partner.jobs().size();
    partner.script(Step.KICK_OFF, 2, ControlAnswer.status(429).header("Retry-After", "3"));
    partner.script(Step.KICK_OFF, ControlAnswer.html(502));
    HttpResponse<String> busy = Http.get(kickOff);
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("Retry-After")).contains("3");
    assertThat(Http.get(kickOff).statusCode()).isEqualTo(429);
    HttpResponse<String> gateway = Http.get(kickOff);
    assertThat(gateway.statusCode()).isEqualTo(502);
    assertThat(gateway.headers().firstValue("Content-Type").orElseThrow()).contains("text/html");
    assertThat(partner.jobs()).hasSize(jobs);
    assertThat(Http.get(kickOff).statusCode()).isEqualTo(202);
    assertThat(partner.jobs()).hasSize(jobs + 1);
  }

  @Test
  void resets_the_connection_and_does_nothing() throws Exception {
    int jobs = partner.jobs().size();
    partner.script(Step.KICK_OFF, ControlAnswer.reset());
    // A bare socket: the JDK's client would quietly send a GET again.
    RawAnswer answer = RawAnswer.get(kickOff);
    assertThat(answer.reset()).isTrue();
    assertThat(answer.head()).isEmpty();
    assertThat(partner.jobs()).hasSize(jobs);
  }

  @Test
  void loses_the_answer_to_work_that_was_done() throws Exception {
    int jobs = partner.jobs().size();
    partner.script(Step.KICK_OFF, ControlAnswer.lost());
    // A bare socket: the JDK's client would quietly send a GET again.
    RawAnswer answer = RawAnswer.get(kickOff);
    assertThat(answer.reset()).isTrue();
    assertThat(answer.head()).isEmpty();
    assertThat(partner.jobs()).hasSize(jobs + 1);
  }

  @Test
  void answers_late() throws Exception {
    partner.script(Step.KICK_OFF, ControlAnswer.asUsual().delay(Duration.ofMillis(300)));
    long start = System.nanoTime();
    assertThat(Http.get(kickOff).statusCode()).isEqualTo(202);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
  }

  @Test
  void adds_a_header_to_the_usual_answer() throws Exception {
    String status = startJob();
    partner.script(Step.STATUS, ControlAnswer.asUsual().header("Retry-After", "9"));
    HttpResponse<String> answer = Http.get(status);
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Retry-After")).contains("9");
    assertThat(answer.headers().firstValue("X-Progress")).isPresent();
    assertThat(Http.get(status).headers().firstValue("Retry-After")).isEmpty();
  }

  @Test
  void breaks_a_chunk() throws Exception {
    String status = startJob();
    partner.script(
        Step.STATUS, ControlAnswer.asUsual().broken(ControlAnswer.Breakage.MALFORMED_CHUNK));
    assertThatThrownBy(() -> Http.get(status)).isInstanceOf(IOException.class);
    assertThat(Http.get(status).statusCode()).isEqualTo(202);
  }

  @Test
  void does_not_count_a_scripted_status_as_a_poll() throws Exception {
    String status = startJob();
    int polls = partner.polls();
    partner.script(Step.STATUS, 5, ControlAnswer.operationOutcome(500, "transient", "later"));
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> failed = Http.get(status);
      assertThat(failed.statusCode()).isEqualTo(500);
      assertThat(Http.json(failed).path("issue").path(0).path("code").asText())
          .isEqualTo("transient");
    }
    assertThat(partner.lastJob().polls()).isZero();
    assertThat(partner.polls()).isEqualTo(polls + 5);
    assertThat(Http.get(status).statusCode()).isEqualTo(202);
  }

  @Test
  void replaces_the_manifest_alone() throws Exception {
    partner.options(partner.options().pollsUntilDone(1));
    String status = startJob();
    partner.script(
        Step.MANIFEST,
        ControlAnswer.json(200, "{\"output\":[").header("Content-Type", "text/plain"),
        ControlAnswer.html(200));
    assertThat(Http.get(status).statusCode()).isEqualTo(202);
    HttpResponse<String> broken = Http.get(status);
    assertThat(broken.body()).isEqualTo("{\"output\":[");
    assertThat(broken.headers().firstValue("Content-Type").orElseThrow()).contains("text/plain");
    assertThat(Http.get(status).body()).startsWith("<!DOCTYPE html>");
    assertThat(Http.json(Http.get(status)).path("output")).isNotEmpty();
  }

  @Test
  void scripts_the_other_steps_too() throws Exception {
    String status = startJob();
    partner.script(Step.DELETE, ControlAnswer.status(405));
    partner.script(Step.TOKEN, ControlAnswer.status(503));
    partner.script(Step.DISCOVERY, ControlAnswer.status(404));
    partner.script(Step.METADATA, ControlAnswer.status(406));
    assertThat(Http.delete(status).statusCode()).isEqualTo(405);
    assertThat(partner.lastJob().isDeleted()).isFalse();
    assertThat(Http.postForm(partner.tokenUrl(), "").statusCode()).isEqualTo(503);
    assertThat(Http.get(partner.baseUrl() + "/.well-known/smart-configuration").statusCode())
        .isEqualTo(404);
    assertThat(Http.get(partner.baseUrl() + "/metadata").statusCode()).isEqualTo(406);
  }

  @Test
  void records_control_calls() throws Exception {
    Http.post(kickOff, "{\"resourceType\":\"Parameters\"}", "Prefer", "respond-async");
    RecordedRequest last = partner.requests().get(partner.requests().size() - 1);
    assertThat(last.method()).isEqualTo("POST");
    assertThat(last.path()).isEqualTo("/fhir/R4/$export");
    assertThat(last.header("prefer")).contains("respond-async");
    assertThat(last.bodyText()).isEqualTo("{\"resourceType\":\"Parameters\"}");
  }
}
