package health.ferry.core;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A job that runs on a partner's server.
 *
 * <p>Thread-safe. The job lives on the server: closing the client, a timeout or the end of this
 * process leave it alone, and {@link #resumeToken()} takes it up again.
 *
 * @param <R> what the job yields
 */
public interface Operation<R> {

  /**
   * What was last heard of the job. No network.
   *
   * @return the status as last heard, running before the first poll
   */
  OperationStatus status();

  /**
   * Asks the server once, with retries.
   *
   * @return the status that the server told
   * @throws ApiException when the server refuses to tell
   * @throws TransportException when no answer came
   */
  OperationStatus poll();

  /**
   * Waits for the job to end. The first poll comes at once; then the wait grows from 200 ms to 60 s
   * with jitter, or follows the server's hint, at most 5 minutes at a time. Lost connections, 429
   * and 5xx while polling do not end the job.
   *
   * @param longest how long to wait at most
   * @return what the job yields
   * @throws DeadlineExceededException when the job still runs then; it goes on, and the exception
   *     carries the token to take it up again
   * @throws OperationFailedException when the server says that the job failed
   * @throws CancelledException when the thread is interrupted
   */
  R await(Duration longest);

  /**
   * The same on another thread; cancelling the future stops the waiting, not the job.
   *
   * @param longest how long to wait at most
   * @return the result to come
   */
  CompletableFuture<R> awaitAsync(Duration longest);

  /** Tells the server that nobody wants the job or its result any more. */
  void cancel();

  /**
   * Takes the job up again, in this or another process, with a client of the same origin.
   *
   * @return an opaque text without any credential
   */
  String resumeToken();

  /**
   * Tells a listener of each poll.
   *
   * @param listener the listener
   * @return this operation
   */
  Operation<R> onProgress(ProgressListener listener);
}
