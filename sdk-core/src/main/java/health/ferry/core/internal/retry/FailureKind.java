package health.ferry.core.internal.retry;

import health.ferry.core.ApiException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.IntegrityException;
import health.ferry.core.TransportException;

/** What went wrong with an attempt, as far as the decision to try again needs to know. */
public enum FailureKind {
  /** No connection: DNS, connect or TLS. The server saw nothing. */
  CONNECT,
  /** The connection broke while the request was on its way or before an answer came. */
  LOST,
  /** No answer, or no byte, in time. */
  TIMEOUT,
  /** The answer began and broke off. */
  TRUNCATED,
  /** The answer was whole by its framing, but not what was promised. */
  CORRUPT,
  STATUS_408,
  STATUS_429,
  STATUS_503,
  STATUS_5XX,
  /** Anything that the same request would meet again. */
  FINAL;

  public static FailureKind of(Throwable failure) {
    if (failure instanceof DeadlineExceededException deadline) {
      return deadline.kind() == DeadlineExceededException.Kind.ATTEMPT ? TIMEOUT : FINAL;
    }
    if (failure instanceof TransportException transport) {
      return switch (transport.phase()) {
        case DNS, CONNECT, TLS -> CONNECT;
        case REQUEST, RESPONSE -> LOST;
        case BODY -> TRUNCATED;
      };
    }
    if (failure instanceof ApiException api) {
      return ofStatus(api.status());
    }
    return failure instanceof IntegrityException ? CORRUPT : FINAL;
  }

  private static FailureKind ofStatus(int status) {
    return switch (status) {
      case 408 -> STATUS_408;
      case 429 -> STATUS_429;
      case 503 -> STATUS_503;
      default -> status >= 500 ? STATUS_5XX : FINAL;
    };
  }
}
