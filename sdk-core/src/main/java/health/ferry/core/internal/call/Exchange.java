package health.ferry.core.internal.call;

import health.ferry.core.internal.retry.RetryClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * What to send, who may see it, and how to read the answer. Immutable: layers add by copying.
 *
 * @param <T> what the answer is read into
 */
public final class Exchange<T> {

  private final Builder<T> parts;

  private Exchange(Builder<T> parts) {
    this.parts = parts;
  }

  /**
   * Begins an exchange.
   *
   * @param route the path with its variable parts named, for logs: the URL itself may be secret
   */
  public static <T> Builder<T> of(
      String method, HttpUrl url, String route, AnswerReader<T> reader) {
    return new Builder<>(method, url, route, reader);
  }

  HttpUrl url() {
    return parts.url;
  }

  String method() {
    return parts.method;
  }

  /** Who is asked first, before any redirect. */
  Origin origin() {
    return Origin.of(parts.url);
  }

  String route() {
    return parts.route;
  }

  RetryClass retryClass() {
    return parts.retryClass;
  }

  CredentialScope credential() {
    return parts.credential;
  }

  AnswerReader<T> reader() {
    return parts.reader;
  }

  ErrorReader errors() {
    return parts.errors;
  }

  boolean accepts(int status) {
    return parts.accepted.contains(status);
  }

  boolean isStream() {
    return parts.stream;
  }

  Exchange<T> withBody(RequestBody body) {
    Builder<T> copy = parts.copy();
    copy.body = body;
    return new Exchange<>(copy);
  }

  @Nullable RequestBody body() {
    return parts.body;
  }

  Exchange<T> withHeader(String name, String value) {
    return new Exchange<>(parts.copy().header(name, value));
  }

  /** The request of the next attempt. */
  Request request() {
    Request.Builder request = new Request.Builder().url(parts.url);
    parts.headers.forEach(header -> request.header(header.getKey(), header.getValue()));
    request.method(parts.method, parts.body);
    return parts.eachAttempt.apply(request).build();
  }

  /** Collects the parts. */
  public static final class Builder<T> {
    private final String method;
    private final HttpUrl url;
    private final String route;
    private final AnswerReader<T> reader;
    private final List<Map.Entry<String, String>> headers = new ArrayList<>();
    private RetryClass retryClass = RetryClass.SAFE;
    private CredentialScope credential = CredentialScope.NONE;
    private ErrorReader errors = ErrorReader.NONE;
    private Set<Integer> accepted = Set.of(200);
    private UnaryOperator<Request.Builder> eachAttempt = UnaryOperator.identity();
    private @Nullable RequestBody body;
    private boolean stream;

    private Builder(String method, HttpUrl url, String route, AnswerReader<T> reader) {
      this.method = Objects.requireNonNull(method);
      this.url = Objects.requireNonNull(url);
      this.route = Objects.requireNonNull(route);
      this.reader = Objects.requireNonNull(reader);
    }

    private Builder<T> copy() {
      Builder<T> copy = new Builder<>(method, url, route, reader);
      copy.headers.addAll(headers);
      copy.retryClass = retryClass;
      copy.credential = credential;
      copy.errors = errors;
      copy.accepted = accepted;
      copy.eachAttempt = eachAttempt;
      copy.body = body;
      copy.stream = stream;
      return copy;
    }

    public Builder<T> header(String name, String value) {
      headers.add(Map.entry(name, value));
      return this;
    }

    /** Who may retry it; {@link RetryClass#SAFE} unless said otherwise. */
    public Builder<T> retry(RetryClass newClass) {
      this.retryClass = newClass;
      return this;
    }

    /** Whether it gets the client's credential; none unless said otherwise. */
    public Builder<T> credential(CredentialScope scope) {
      this.credential = scope;
      return this;
    }

    public Builder<T> errors(ErrorReader reader) {
      this.errors = reader;
      return this;
    }

    /** The statuses that the reader understands; 200 unless said otherwise. */
    public Builder<T> accept(Integer... statuses) {
      this.accepted = Set.of(statuses);
      return this;
    }

    public Builder<T> body(RequestBody newBody) {
      this.body = newBody;
      return this;
    }

    /** Changes each attempt's request as it is sent: a fresh assertion, a Range. */
    public Builder<T> eachAttempt(UnaryOperator<Request.Builder> change) {
      this.eachAttempt = change;
      return this;
    }

    /** The body is long: an attempt may last to the deadline, as long as bytes keep coming. */
    public Builder<T> stream() {
      this.stream = true;
      return this;
    }

    public Exchange<T> build() {
      return new Exchange<>(copy());
    }
  }
}
