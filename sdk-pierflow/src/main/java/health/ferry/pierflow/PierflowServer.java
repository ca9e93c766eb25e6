package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.RawResponse;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.AnswerReader;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.json.Json;
import health.ferry.core.internal.limit.RateLimit;
import health.ferry.core.internal.retry.RetryClass;
import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.RequestBody;

/**
 * How Pierflow is spoken to: JSON in and out below {@code /v1}, the key to this origin alone.
 * Thread-safe.
 */
final class PierflowServer implements AutoCloseable {

  private static final MediaType JSON = MediaType.get("application/json");

  private final Transport transport;
  private final HttpUrl root;
  private final RateLimit pace;

  /**
   * Speaks to a server.
   *
   * @param transport under this pace
   * @param root as {@link #root} makes it
   */
  PierflowServer(Transport transport, HttpUrl root, RateLimit pace) {
    this.transport = transport;
    this.root = root;
    this.pace = pace;
  }

  /** The server's URL without {@code /v1}, which some of its documentation counts as its part. */
  static HttpUrl root(HttpUrl baseUrl) {
    List<String> path = baseUrl.pathSegments();
    int last = path.size() - 1;
    return path.get(last).equals("v1")
        ? baseUrl.newBuilder().removePathSegment(last).build()
        : baseUrl;
  }

  Transport transport() {
    return transport;
  }

  HttpUrl root() {
    return root;
  }

  /**
   * A URL below {@code /v1}; each segment is encoded.
   *
   * @throws InvalidInputException when a segment would lead to another route: ids are the caller's
   */
  HttpUrl url(String... segments) {
    HttpUrl.Builder url = root.newBuilder();
    if (root.pathSegments().get(root.pathSize() - 1).isEmpty()) {
      url.removePathSegment(root.pathSize() - 1);
    }
    url.addPathSegment("v1");
    for (String segment : segments) {
      if (segment.isBlank() || segment.equals(".") || segment.equals("..")) {
        throw new InvalidInputException(
            CallInfo.of(transport.name().partner(), "request"),
            List.of(new Violation("id", "must be neither blank nor a dot or two")));
      }
      url.addPathSegment(segment);
    }
    return url.build();
  }

  /**
   * Reads a JSON object.
   *
   * @param route the path with its variable parts named, for logs
   */
  JsonNode get(String route, HttpUrl url, CallContext call) {
    return get(route, url, RetryClass.SAFE, this::object, call);
  }

  /** Reads JSON of which more matters than its content: its text, or a hint beside it. */
  <T> T get(
      String route, HttpUrl url, RetryClass retries, AnswerReader<T> reader, CallContext call) {
    return transport.send(
        Exchange.of("GET", url, route, hearing(reader))
            .header("Accept", "application/json")
            .credential(CredentialScope.OWN_ORIGIN)
            .errors(PierflowErrors::of)
            .retry(retries)
            .build(),
        call);
  }

  /**
   * Posts a JSON object, at every attempt the same bytes.
   *
   * @param route the path with its variable parts named, for logs
   * @param idempotencyKey fact sheet, 8: a replay with the same key returns the first answer
   * @param retries whether the same bytes may go again
   */
  JsonNode post(
      String route,
      HttpUrl url,
      byte[] body,
      String idempotencyKey,
      RetryClass retries,
      CallContext call) {
    return transport.send(
        posting(route, url, body, idempotencyKey, this::object)
            .accept(200, 201, 202)
            .retry(retries)
            .build(),
        call);
  }

  /**
   * Posts what a 2xx settles: whatever its body says, and whether or not the body came whole, the
   * same bytes do not go again. A web page is no answer of Pierflow's, so it settles nothing.
   *
   * @param route the path with its variable parts named, for logs
   * @param idempotencyKey fact sheet, 8: a replay with the same key returns the first answer
   */
  RawResponse settle(
      String route, HttpUrl url, byte[] body, String idempotencyKey, CallContext call) {
    return transport.send(
        posting(route, url, body, idempotencyKey, this::beginning)
            .accept(200, 201, 202, 203, 204)
            .retry(RetryClass.REPEATABLE)
            .build(),
        call);
  }

  private <T> Exchange.Builder<T> posting(
      String route, HttpUrl url, byte[] body, String idempotencyKey, AnswerReader<T> reader) {
    return Exchange.of("POST", url, route, hearing(reader))
        .header("Accept", "application/json")
        .header("Idempotency-Key", idempotencyKey)
        .body(RequestBody.create(body, JSON))
        .credential(CredentialScope.OWN_ORIGIN)
        .errors(PierflowErrors::of);
  }

  private RawResponse beginning(Answer answer) throws IOException {
    if (answer.mediaType().equals("text/html")) {
      throw new UnexpectedResponseException(
          answer.call().info(), "an HTML page came instead of JSON", null);
    }
    return answer.beginning(transport.options().maxJsonBytes());
  }

  /**
   * Listens to the pace that an answer sets: one that leaves nothing of the quota lets the next
   * request wait until it is filled again (fact sheet, 7: not every server says so).
   */
  void heard(Answer answer) {
    if (answer.origin().equals(Origin.of(root))) {
      answer.quotaRefilledIn().ifPresent(pace::closeFor);
    }
  }

  private <T> AnswerReader<T> hearing(AnswerReader<T> reader) {
    return answer -> {
      heard(answer);
      return reader.read(answer);
    };
  }

  private JsonNode object(Answer answer) throws IOException {
    RawResponse raw = answer.raw(transport.options().maxJsonBytes());
    return Json.object(raw, answer.call().info());
  }

  @Override
  public void close() {
    transport.close();
  }
}
