package health.ferry.core.internal.call;

import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.retry.RetryHint;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import okhttp3.Response;
import okio.Buffer;
import okio.BufferedSource;
import okio.GzipSource;
import okio.Okio;

/** An answer whose body has not been read yet. Lives for one attempt. */
public final class Answer {

  private final Response response;
  private final CallContext call;

  Answer(Response response, CallContext call) {
    this.response = response;
    this.call = call;
  }

  public int status() {
    return response.code();
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(response.header(name));
  }

  /** All values of a header that may be repeated, in order. */
  public List<String> headers(String name) {
    return response.headers(name);
  }

  /** The media type in lower case without parameters, empty when the header is absent. */
  public String mediaType() {
    String type = response.header("Content-Type", "");
    return type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
  }

  /** The length by the header, -1 when it is absent or the body is encoded in transit. */
  public long contentLength() {
    return response.body().contentLength();
  }

  /** Who answered, after all redirects. */
  public Origin origin() {
    return Origin.of(response.request().url());
  }

  public CallContext call() {
    return call;
  }

  /** The body's bytes as OkHttp hands them out; the guard closes them. */
  public InputStream body() {
    return response.body().byteStream();
  }

  /**
   * The body without its content encoding: a request for a file asks for gzip itself, which OkHttp
   * then leaves on whatever comes.
   */
  private BufferedSource decoded() {
    BufferedSource body = response.body().source();
    return "gzip".equalsIgnoreCase(response.header("Content-Encoding"))
        ? Okio.buffer(new GzipSource(body))
        : body;
  }

  /** The server's wish of when to come back. */
  public Optional<Duration> retryAfter() {
    return RetryHint.of(response.code(), response.headers(), call.time().now());
  }

  /** How long until the quota that this answer has used up is filled again; empty when none is. */
  public Optional<Duration> quotaRefilledIn() {
    return RetryHint.ofSpentQuota(response.headers(), call.time().now());
  }

  /** The whole body, if it has at most {@code limit} bytes. */
  public RawResponse raw(int limit) throws IOException {
    Buffer whole = new Buffer();
    BufferedSource body = decoded();
    while (whole.size() <= limit && body.read(whole, limit + 1L - whole.size()) >= 0) {}
    byte[] bytes = whole.readByteArray();
    call.received(bytes.length);
    if (bytes.length > limit) {
      throw new UnexpectedResponseException(
          call.info(), "the answer is larger than the limit of " + limit + " bytes", null);
    }
    return new RawResponse(response.code(), response.headers().toMultimap(), bytes);
  }

  /**
   * The beginning of the body, at most {@code limit} bytes. A body that breaks off is as good as a
   * short one: the status has already said what happened.
   */
  public RawResponse beginning(int limit) throws IOException {
    Buffer begun = new Buffer();
    try {
      BufferedSource body = decoded();
      while (begun.size() < limit && body.read(begun, limit - begun.size()) >= 0) {}
    } catch (IOException brokeOff) {
      if (call.isCancelled()) {
        throw brokeOff;
      }
    }
    call.received(begun.size());
    return new RawResponse(response.code(), response.headers().toMultimap(), begun.readByteArray());
  }
}
