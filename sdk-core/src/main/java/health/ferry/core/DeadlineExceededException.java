package health.ferry.core;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Time ran out. The server's work goes on: a job that was waited for is neither cancelled nor
 * deleted.
 */
public final class DeadlineExceededException extends TransportException {

  /** Which wait ran out of time. */
  public enum Kind {
    /** Waiting for a permit of the rate limit. Nothing was sent. */
    QUEUE,
    /** One attempt took longer than an attempt may. */
    ATTEMPT,
    /** The call as a whole, its retries and waits included. */
    CALL,
    /** Waiting for a job to end. */
    POLL
  }

  private final transient Kind kind;
  private final transient @Nullable String resumeToken;

  /**
   * Makes the error of a call.
   *
   * @param call which call ran out of time
   * @param kind which wait it was
   * @param phase how far the last attempt had come
   * @param mayHaveBeenProcessed whether the server may have acted on the request
   * @param cause what lay below, or null
   */
  public DeadlineExceededException(
      CallInfo call,
      Kind kind,
      Phase phase,
      boolean mayHaveBeenProcessed,
      @Nullable Throwable cause) {
    super(call, phase, mayHaveBeenProcessed, what(kind), cause);
    this.kind = Objects.requireNonNull(kind, "kind");
    this.resumeToken = null;
  }

  /**
   * Makes the error of a wait for a job.
   *
   * @param call which operation was waited for
   * @param resumeToken takes the job up again later
   */
  public DeadlineExceededException(CallInfo call, String resumeToken) {
    super(call, Phase.RESPONSE, true, what(Kind.POLL), null);
    this.kind = Kind.POLL;
    this.resumeToken = Objects.requireNonNull(resumeToken, "resumeToken");
  }

  private static String what(Kind kind) {
    return switch (kind) {
      case QUEUE -> "no permit of the rate limit lies before the deadline";
      case ATTEMPT -> "the attempt took too long";
      case CALL -> "the deadline of the call passed";
      case POLL -> "the job was still running at the deadline; resume it with the token";
    };
  }

  /**
   * Which wait ran out of time.
   *
   * @return the kind of deadline
   */
  public Kind kind() {
    return kind;
  }

  /**
   * Takes the job up again in this or another process.
   *
   * @return the token, present when a job was waited for
   */
  public Optional<String> resumeToken() {
    return Optional.ofNullable(resumeToken);
  }
}
