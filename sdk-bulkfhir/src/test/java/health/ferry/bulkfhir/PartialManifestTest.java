package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.OperationFailedException;
import health.ferry.testkit.BulkDataVersion;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Fault;
import health.ferry.testkit.RecordedRequest;
import health.ferry.testkit.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that a server hands out before its job has ended (STU3, allowPartialManifests). */
class PartialManifestTest extends SandboxTest {

  private static final ExportRequest REQUEST =
      ExportRequest.system().allowPartialManifests().build();

  @BeforeEach
  void showPagesWhileTheJobRuns() {
    options(o -> o.version(BulkDataVersion.STU3).filesPerPage(1).pollsUntilDone(4));
  }

  private Map<String, String> whatTheServerHas() {
    ExportResult result = client().export(EVERYTHING, folder.resolve("all"));
    assertThat(result.isComplete()).isTrue();
    return contents(folder.resolve("all"));
  }

  @Test
  void are_fetched_while_the_job_still_runs() {
    Map<String, String> expected = whatTheServerHas();
    options(o -> o.retryAfter(Duration.ofSeconds(1)).pollsUntilDone(3));

    ExportResult result = client().export(REQUEST, out());

    assertThat(result.isComplete()).isTrue();
    assertThat(contents(out())).isEqualTo(expected);
    assertThat(filesAskedForBeforeTheLastLook()).isPositive();
    assertThat(filePaths()).doesNotHaveDuplicates();
  }

  private long filesAskedForBeforeTheLastLook() {
    List<RecordedRequest> all = partner.requests();
    String status = "/bulkdata/export/" + partner.lastJob().id();
    int last = 0;
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).path().endsWith(status) && all.get(i).method().equals("GET")) {
        last = i;
      }
    }
    return all.subList(0, last).stream()
        .filter(request -> request.path().startsWith("/files/" + partner.lastJob().id()))
        .count();
  }

  private List<String> filePaths() {
    return partner.files().requests().stream()
        .map(RecordedRequest::path)
        .filter(path -> path.startsWith("/files/" + partner.lastJob().id()))
        .toList();
  }

  @Test
  void that_fail_early_are_fetched_when_the_job_has_ended() {
    Map<String, String> expected = whatTheServerHas();
    String first = partner.lastJob().filePaths().get(0).replace("job-1", "job-2");
    partner.files().fault(first, 5, Fault.status(500));

    ExportResult result = client().export(REQUEST, out());

    assertThat(result.failures()).isEmpty();
    assertThat(contents(out())).isEqualTo(expected);
  }

  @Test
  void of_a_job_that_fails_are_kept_and_the_job_is_not_deleted() {
    partner.script(
        Step.STATUS,
        ControlAnswer.asUsual(),
        ControlAnswer.asUsual(),
        ControlAnswer.operationOutcome(500, "not-supported", "no"));

    assertThatThrownBy(() -> client().export(REQUEST, out()))
        .isInstanceOf(OperationFailedException.class);

    assertThat(partner.deletes()).isZero();
    assertThat(contents(out()).keySet()).allMatch(name -> !name.endsWith(".tmp"));
  }

  @Test
  void a_page_that_cannot_be_had_is_asked_for_again_at_the_next_look() {
    Map<String, String> expected = whatTheServerHas();
    partner.script(Step.PAGE, ControlAnswer.status(500), ControlAnswer.status(503));

    assertThat(client().export(REQUEST, out()).isComplete()).isTrue();
    assertThat(contents(out())).isEqualTo(expected);
  }

  @Test
  void a_page_that_leads_on_is_read_once_while_the_job_runs() {
    options(o -> o.pollsUntilDone(6));
    client().export(REQUEST, out());

    long reads =
        controlRequests().stream().filter(request -> request.path().endsWith("/2")).count();
    assertThat(reads).isBetween(1L, 3L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[]",
        "{}",
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[]}",
        "{\"output\":{}}",
        "{\"output\":[{\"type\":\"Patient\"}]}",
        "{\"output\":[],\"link\":[{\"relation\":\"next\",\"url\":\"not-there-yet\"}]}"
      })
  void a_202_may_have_any_body(String body) {
    partner.script(
        Step.STATUS,
        ControlAnswer.status(202).header("Content-Type", "application/json").body(body));

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
  }

  @Test
  void an_executor_without_a_free_thread_fetches_them_in_the_end() {
    var single = Executors.newSingleThreadExecutor();
    try {
      BulkFhirClient client =
          client(builder -> builder.transport(transport -> transport.executor(single)));
      assertThat(client.exportAsync(REQUEST, out(), options -> options).join().isComplete())
          .isTrue();
    } finally {
      single.shutdown();
    }
  }
}
