package health.ferry.core.internal.call;

import health.ferry.core.ApiError;
import health.ferry.core.FerryException;
import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import okhttp3.Response;

/**
 * Layer 9: hands accepted answers to their reader and turns all others into exceptions; reads never
 * more of an error than it needs, and closes the body on every path.
 */
final class ResponseGuardLayer implements Layer {

  /** Enough for any OperationOutcome that a person would read. */
  static final int ERROR_BODY_LIMIT = 64 * 1024;

  static final int PREVIEW_LIMIT = 4 * 1024;

  private final Wire wire;

  ResponseGuardLayer(Wire wire) {
    this.wire = wire;
  }

  @Override
  public <T> T around(Exchange<T> exchange, CallContext call, Chain next) {
    return wire.send(exchange, call, response -> read(exchange, call, response));
  }

  private static <T> T read(Exchange<T> exchange, CallContext call, Response response)
      throws IOException {
    call.answered(response.code());
    Answer answer = new Answer(response, call);
    if (!exchange.accepts(response.code())) {
      throw response.code() < 400 ? unexpected(answer) : refusal(exchange, answer);
    }
    return exchange.reader().read(answer);
  }

  /** No error by its status, but nothing that the contract knows for this call. */
  private static UnexpectedResponseException unexpected(Answer answer) {
    return new UnexpectedResponseException(
        answer.call().info(),
        "an answer of status " + answer.status() + " has no place here",
        null);
  }

  private static FerryException refusal(Exchange<?> exchange, Answer answer) throws IOException {
    RawResponse raw = answer.beginning(ERROR_BODY_LIMIT);
    byte[] bytes = raw.bytes();
    String preview =
        new String(
            Arrays.copyOf(bytes, Math.min(bytes.length, PREVIEW_LIMIT)), StandardCharsets.UTF_8);
    ApiError bare =
        ApiError.of(answer.status(), preview).retryAfter(answer.retryAfter().orElse(null));
    return answer.origin().equals(exchange.origin())
        ? exchange.errors().read(answer.call().info(), bare, raw)
        : exchange.errors().readElsewhere(answer.call().info(), bare, raw);
  }
}
