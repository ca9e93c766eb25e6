package health.ferry.pierflow;

import health.ferry.core.CallOptions;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.Operation;
import health.ferry.core.OperationFailedException;
import health.ferry.core.OperationStatus;
import health.ferry.core.OperationStatus.State;
import health.ferry.core.Progress;
import health.ferry.core.ProgressListener;
import health.ferry.core.RawResponse;
import health.ferry.core.internal.async.CancellableFuture;
import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.json.Json;
import health.ferry.core.internal.poll.Listeners;
import health.ferry.core.internal.poll.PollLoop;
import health.ferry.core.internal.poll.PollResult;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.pierflow.internal.SafeName;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;

/** The reading of a document on Pierflow's server ({@code GET /v1/ingest/jobs/{job}}). */
final class IngestOperation implements Operation<IngestJob> {

  private static final Duration LONGEST_LOOK = Duration.ofMinutes(5);

  private final PierflowServer server;
  private final ClientThreads threads;
  private final String jobId;
  private final HttpUrl url;
  private final Listeners listeners = new Listeners();
  private volatile OperationStatus status = OperationStatus.of(State.RUNNING, null);

  IngestOperation(PierflowServer server, ClientThreads threads, String jobId) {
    this.server = server;
    this.threads = threads;
    this.jobId = jobId;
    this.url = server.url("ingest", "jobs", jobId);
  }

  /** What one look told. */
  private record Look(IngestJob job, RawResponse raw, Optional<Duration> hint) {}

  @Override
  public OperationStatus status() {
    return status;
  }

  @Override
  public OperationStatus poll() {
    look(call("poll", LONGEST_LOOK, new Cancellation()));
    return status;
  }

  @Override
  public IngestJob await(Duration longest) {
    return await(call("await", longest, new Cancellation()));
  }

  @Override
  public CompletableFuture<IngestJob> awaitAsync(Duration longest) {
    return CancellableFuture.run(
        threads, cancellation -> await(call("await", longest, cancellation)));
  }

  private CallContext call(String operation, Duration longest, Cancellation cancellation) {
    return server.transport().call(operation, CallOptions.defaults(), longest, cancellation);
  }

  private IngestJob await(CallContext call) {
    return new PollLoop(server.transport().jitter())
        .run(
            call,
            () -> result(look(call.step("poll")), call),
            () -> new DeadlineExceededException(call.info(), jobId));
  }

  private static PollResult<IngestJob> result(Look look, CallContext call) {
    return switch (look.job().state()) {
      case COMPLETED -> PollResult.done(look.job());
      case FAILED -> throw failed(look, call);
      default -> PollResult.running(look.hint());
    };
  }

  private static OperationFailedException failed(Look look, CallContext call) {
    String why =
        look.job()
            .errorCode()
            .filter(PierflowErrors::isCode)
            .map(" (code=%s)"::formatted)
            .orElse("");
    return new OperationFailedException(
        call.info(), "the document was given up" + why, look.raw(), null);
  }

  private Look look(CallContext call) {
    Look look = server.get("/v1/ingest/jobs/{job}", url, RetryClass.POLL, this::read, call);
    State state = look.job().state();
    status = OperationStatus.of(state, SafeName.shown(look.job().status().value()));
    listeners.onProgress(
        Progress.ofJob(
            state == State.RUNNING ? Progress.Kind.POLLED : Progress.Kind.RESULT_KNOWN,
            status.progress().orElse(null)));
    return look;
  }

  private Look read(Answer answer) throws IOException {
    RawResponse raw = answer.raw(server.transport().options().maxJsonBytes());
    Fields fields = new Fields(Json.object(raw, answer.call().info()));
    return new Look(new IngestJob(fields, answer.call().info()), raw, answer.retryAfter());
  }

  /** Pierflow has no call for it. */
  @Override
  public void cancel() {
    throw new UnsupportedOperationException("Pierflow reads every document that it has accepted");
  }

  @Override
  public String resumeToken() {
    return jobId;
  }

  @Override
  public Operation<IngestJob> onProgress(ProgressListener listener) {
    listeners.add(listener);
    return this;
  }
}
