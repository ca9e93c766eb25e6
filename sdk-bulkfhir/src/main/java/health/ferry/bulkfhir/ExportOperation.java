package health.ferry.bulkfhir;

import health.ferry.core.CallOptions;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.Operation;
import health.ferry.core.OperationFailedException;
import health.ferry.core.OperationStatus;
import health.ferry.core.OperationStatus.State;
import health.ferry.core.Progress;
import health.ferry.core.ProgressListener;
import health.ferry.core.internal.async.CancellableFuture;
import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.poll.Listeners;
import health.ferry.core.internal.poll.PollLoop;
import health.ferry.core.internal.poll.PollResult;
import health.ferry.core.internal.time.Cancellation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import okhttp3.HttpUrl;

/** A bulk export on a server. */
final class ExportOperation implements Operation<ExportManifest> {

  static final Duration LONGEST_LOOK = Duration.ofMinutes(5);

  private final Transport transport;
  private final ClientThreads threads;
  private final JobStatus job;
  private final String token;
  private final Listeners listeners = new Listeners();
  private volatile OperationStatus status = OperationStatus.of(State.RUNNING, null);

  ExportOperation(Transport transport, ClientThreads threads, HttpUrl base, HttpUrl statusUrl) {
    this.transport = transport;
    this.threads = threads;
    this.job = new JobStatus(transport, base, statusUrl);
    this.token = ResumeToken.of(statusUrl);
  }

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
  public ExportManifest await(Duration longest) {
    return await(call("await", longest, new Cancellation()));
  }

  @Override
  public CompletableFuture<ExportManifest> awaitAsync(Duration longest) {
    return CancellableFuture.run(
        threads, cancellation -> await(call("await", longest, cancellation)));
  }

  private CallContext call(String operation, Duration longest, Cancellation cancellation) {
    return transport.call(operation, CallOptions.defaults(), longest, cancellation);
  }

  ExportManifest await(CallContext call) {
    return await(call, partial -> {});
  }

  /**
   * Waits for the job to end.
   *
   * @param whileRunning is told of each partial manifest
   */
  ExportManifest await(CallContext call, Consumer<ExportManifest> whileRunning) {
    return new PollLoop(transport.jitter())
        .run(
            call,
            () -> result(look(call.step("poll")), whileRunning),
            () -> new DeadlineExceededException(call.info(), token));
  }

  private static PollResult<ExportManifest> result(
      JobStatus.Look look, Consumer<ExportManifest> whileRunning) {
    if (look.isDone()) {
      return PollResult.done(look.manifest().orElseThrow());
    }
    look.manifest().ifPresent(whileRunning);
    return PollResult.running(look.hint());
  }

  private JobStatus.Look look(CallContext call) {
    try {
      JobStatus.Look look = job.look(call);
      status = look.status();
      listeners.onProgress(
          Progress.ofJob(
              look.isDone() ? Progress.Kind.RESULT_KNOWN : Progress.Kind.POLLED,
              status.progress().orElse(null)));
      return look;
    } catch (OperationFailedException failed) {
      status = OperationStatus.of(State.FAILED, null);
      throw failed;
    }
  }

  @Override
  public void cancel() {
    cancel(call("cancel", LONGEST_LOOK, new Cancellation()));
  }

  void cancel(CallContext call) {
    job.delete(call);
    status = OperationStatus.of(State.CANCELLED, null);
  }

  @Override
  public String resumeToken() {
    return token;
  }

  @Override
  public Operation<ExportManifest> onProgress(ProgressListener listener) {
    listeners.add(listener);
    return this;
  }
}
