package health.ferry.core.internal.call;

import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.FerryException;
import health.ferry.core.TransportException;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.internal.redaction.RedactedCause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;

/** Names what an attempt's {@link IOException} was. */
final class AttemptFailure {

  private AttemptFailure() {}

  static FerryException of(IOException failed, Phase phase, CallContext call) {
    if (call.cancellation().isCancelled()) {
      return new CancelledException(call.info(), "the caller cancelled it", failed);
    }
    if (Thread.currentThread().isInterrupted()) {
      return call.interrupted(failed);
    }
    boolean mayHaveBeenProcessed =
        phase == Phase.REQUEST || phase == Phase.RESPONSE || phase == Phase.BODY;
    // A socket's timeout is also an InterruptedIOException; OkHttp's limit on the call is not.
    if (failed instanceof InterruptedIOException && !(failed instanceof SocketTimeoutException)) {
      Kind kind = call.deadline().hasPassed() ? Kind.CALL : Kind.ATTEMPT;
      return new DeadlineExceededException(call.info(), kind, phase, mayHaveBeenProcessed, failed);
    }
    return new TransportException(
        call.info(), phase, mayHaveBeenProcessed, describe(failed, phase), cause(failed));
  }

  /** A protocol error quotes what came, and that may have been the middle of another answer. */
  private static Throwable cause(IOException failed) {
    return failed instanceof ProtocolException ? RedactedCause.of(failed) : failed;
  }

  private static String describe(IOException failed, Phase phase) {
    boolean timeout = failed instanceof SocketTimeoutException;
    return switch (phase) {
      case DNS -> "the host's name could not be resolved";
      case CONNECT -> timeout ? "the server did not accept in time" : "no connection to the server";
      case TLS -> "the TLS handshake failed";
      case REQUEST -> "the connection broke while the request was being sent";
      case RESPONSE -> timeout ? "no answer came in time" : "the connection broke before an answer";
      case BODY -> timeout ? "the answer stalled" : "the answer broke off";
    };
  }
}
