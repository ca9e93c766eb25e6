package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallOptions;
import health.ferry.core.CancelledException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Operation;
import health.ferry.core.Secret;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Fault;
import health.ferry.testkit.RecordedRequest;
import health.ferry.testkit.Step;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exports on other threads, and what cancelling one stops: at once, wherever it is. */
@Timeout(30)
class AsyncExportTest extends SandboxTest {

  private static final String FILE = "/files/job-1/Patient-1.ndjson";
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration PROMPT = Duration.ofSeconds(5);

  /** A client with the real clock and the usual patience. */
  private BulkFhirClient patient() {
    return opened(
        b -> b.token(Secret.of(partner.staticToken())).transport(t -> t.stallTimeout(LONG)));
  }

  private static void await(Duration longest, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  /** The export has ended for good once its directory is free, long before any timeout. */
  private boolean directoryIsFree() {
    try (ExportDirectory free = ExportDirectory.open(out(), Optional.empty())) {
      return free.path().equals(out());
    } catch (InvalidInputException stillHeld) {
      return false;
    }
  }

  private void assertCancelled(CompletableFuture<ExportResult> export) throws Exception {
    assertThat(export.cancel(true)).isTrue();
    assertThatThrownBy(export::join).isInstanceOf(CancellationException.class);
    await(PROMPT, this::directoryIsFree);
    assertThat(partner.deletes()).isZero();
  }

  @Test
  void an_export_comes_later_on_another_thread() throws Exception {
    ExportResult result =
        patient().exportAsync(EVERYTHING, out(), o -> o).get(20, TimeUnit.SECONDS);

    assertThat(result.isComplete()).isTrue();
    assertThat(result.resources()).containsEntry("Patient", 3L);
  }

  @Test
  void kick_off_and_wait_have_their_futures_too() throws Exception {
    Operation<ExportManifest> job =
        patient().startExportAsync(EVERYTHING, CallOptions.defaults()).get(20, TimeUnit.SECONDS);

    assertThat(job.awaitAsync(LONG).get(20, TimeUnit.SECONDS).output()).isNotEmpty();
  }

  @Test
  void cancelled_at_the_kick_off_it_stops() throws Exception {
    partner.script(Step.KICK_OFF, ControlAnswer.asUsual().delay(Duration.ofSeconds(8)));
    CompletableFuture<ExportResult> export = patient().exportAsync(EVERYTHING, out(), o -> o);
    await(LONG, () -> partner.kickOffs() == 1);

    assertCancelled(export);

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
  }

  @Test
  void cancelled_while_the_server_is_busy_it_asks_no_more() throws Exception {
    partner.script(Step.KICK_OFF, ControlAnswer.status(429).header("Retry-After", "100"));
    CompletableFuture<ExportResult> export = patient().exportAsync(EVERYTHING, out(), o -> o);
    await(LONG, () -> partner.kickOffs() == 1);

    assertCancelled(export);

    assertThat(partner.kickOffs()).isEqualTo(1);
    assertThat(partner.jobs()).isEmpty();
  }

  @Test
  void cancelled_while_the_job_runs_it_goes_on_with_the_same_job() throws Exception {
    options(o -> o.retryAfter(Duration.ofSeconds(100)));
    CompletableFuture<ExportResult> export = patient().exportAsync(EVERYTHING, out(), o -> o);
    await(LONG, () -> partner.polls() == 1);

    assertCancelled(export);

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void cancelled_in_a_body_it_keeps_what_came_and_goes_on_from_there() throws Exception {
    partner.files().fault(FILE, Fault.stallAfter(120));
    CompletableFuture<ExportResult> export = patient().exportAsync(EVERYTHING, out(), o -> o);
    partner.files().awaitBytes(FILE, 120, LONG);
    await(LONG, () -> finishedFiles() == partner.lastJob().filePaths().size() - 1);
    // The bytes are in the client's socket by now; nothing tells when it has read them.
    new CountDownLatch(1).await(300, TimeUnit.MILLISECONDS);

    assertCancelled(export);

    int before = partner.files().requests().size();
    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
    List<RecordedRequest> all = partner.files().requests();
    assertThat(all.subList(before, all.size())).hasSize(1);
    assertThat(all.get(before).path()).isEqualTo(FILE);
    assertThat(all.get(before).header("Range")).contains("bytes=120-");
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  private int finishedFiles() {
    return Files.exists(out()) ? finished(out()).size() : 0;
  }

  @Test
  void a_wait_that_is_cancelled_leaves_the_job_alone() throws Exception {
    options(o -> o.retryAfter(Duration.ofSeconds(100)));
    Operation<ExportManifest> job = patient().startExport(EVERYTHING);
    CompletableFuture<ExportManifest> wait = job.awaitAsync(Duration.ofHours(1));
    await(LONG, () -> partner.polls() == 1);

    wait.cancel(true);

    assertThat(wait).isCancelled();
    assertThat(partner.deletes()).isZero();
  }

  @Test
  void an_interrupted_thread_gets_its_flag_back_and_no_timeout() throws Exception {
    options(o -> o.retryAfter(Duration.ofSeconds(100)));
    BulkFhirClient client = patient();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicBoolean flag = new AtomicBoolean();
    Thread thread =
        new Thread(
            () -> {
              try {
                client.export(EVERYTHING, out());
              } catch (RuntimeException stopped) {
                thrown.set(stopped);
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    thread.start();
    await(LONG, () -> partner.polls() == 1);

    thread.interrupt();
    thread.join(PROMPT.toMillis());

    assertThat(thrown.get()).isInstanceOf(CancelledException.class);
    assertThat(flag).isTrue();
    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void a_cancelled_delete_is_made_up_for_by_the_next_run() throws Exception {
    partner.script(Step.DELETE, ControlAnswer.status(503).delay(Duration.ofSeconds(8)));
    CompletableFuture<ExportResult> export = patient().exportAsync(EVERYTHING, out(), o -> o);
    await(LONG, () -> partner.deletes() == 1);

    export.cancel(true);
    await(PROMPT, this::directoryIsFree);

    assertThat(client().export(EVERYTHING, out()).wasAlreadyComplete()).isTrue();
    assertThat(partner.lastJob().isDeleted()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(1);
  }
}
