package health.ferry.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The network failed: no usable answer came back. */
public sealed class TransportException extends FerryException permits DeadlineExceededException {

  /** How far an attempt had come when the network failed. */
  public enum Phase {
    /** The host's name could not be resolved. Nothing was sent. */
    DNS,
    /** No connection was made. Nothing was sent. */
    CONNECT,
    /** The TLS handshake failed. Nothing was sent. */
    TLS,
    /** The request was on its way: the server may have read it. */
    REQUEST,
    /** The request was sent, no answer had come. */
    RESPONSE,
    /** The answer had begun and broke off. */
    BODY
  }

  private final transient Phase phase;
  private final transient boolean mayHaveBeenProcessed;

  /**
   * Makes the error.
   *
   * @param call which call failed
   * @param phase how far the last attempt had come
   * @param mayHaveBeenProcessed whether the server may have acted on the request all the same
   * @param what what happened, in Ferry's own words
   * @param cause what lay below, or null
   */
  public TransportException(
      CallInfo call,
      Phase phase,
      boolean mayHaveBeenProcessed,
      String what,
      @Nullable Throwable cause) {
    super(call, what, cause);
    this.phase = Objects.requireNonNull(phase, "phase");
    this.mayHaveBeenProcessed = mayHaveBeenProcessed;
  }

  /**
   * How far the last attempt had come.
   *
   * @return the phase that failed
   */
  public Phase phase() {
    return phase;
  }

  /**
   * Whether the server may have acted on the request although no answer came. When true and the
   * operation changes something, look before you send it again.
   *
   * @return false only when it is certain that the server did not see the whole request
   */
  public boolean mayHaveBeenProcessed() {
    return mayHaveBeenProcessed;
  }

  @Override
  public boolean isRetryable() {
    return true;
  }
}
