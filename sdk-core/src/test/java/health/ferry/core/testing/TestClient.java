package health.ferry.core.testing;

import health.ferry.core.CallOptions;
import health.ferry.core.TransportOptions;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.Authorizer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.ClientName;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.json.Json;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Jitter;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.internal.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.RequestBody;

/** A transport as a vendor's client has one: Ferry's own layers and sockets, the test's time. */
public final class TestClient implements AutoCloseable {

  /** The chance that halves every backoff. */
  public static final Jitter HALF = () -> 0.5;

  private final Transport transport;

  private TestClient(Transport transport) {
    this.transport = transport;
  }

  public static TestClient in(Time time) {
    return in(time, TransportOptions.builder());
  }

  public static TestClient in(Time time, TransportOptions.Builder options) {
    ClientName name = new ClientName("Partner", "ferry-test");
    return new TestClient(Transport.open(name, options.build(), time, HALF));
  }

  public static TestClient inRealTime() {
    return in(SystemTime.INSTANCE);
  }

  /** The same client with a credential that belongs to the origin of this URL. */
  public TestClient authorized(Authorizer authorizer, String home) {
    return new TestClient(transport.authorized(authorizer, HttpUrl.get(home)));
  }

  public Transport transport() {
    return transport;
  }

  /** A call of ten minutes. */
  public CallContext call() {
    return call(Duration.ofMinutes(10), new Cancellation());
  }

  public CallContext call(Duration deadline, Cancellation cancellation) {
    return transport.call("read", CallOptions.defaults(), deadline, cancellation);
  }

  /** A GET whose answer is JSON with a {@code value}. */
  public static Exchange.Builder<String> get(String url) {
    return Exchange.of("GET", HttpUrl.get(url), "(route)", TestClient::value);
  }

  /** The same with a body. */
  public static Exchange.Builder<String> post(String url, String body) {
    return Exchange.of("POST", HttpUrl.get(url), "(route)", TestClient::value)
        .body(RequestBody.create(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static String value(Answer answer) throws IOException {
    int limit = TransportOptions.builder().build().maxJsonBytes();
    return Json.object(answer.raw(limit), answer.call().info()).path("value").asText();
  }

  public String send(Exchange.Builder<String> exchange) {
    return transport.send(exchange.build(), call());
  }

  @Override
  public void close() {
    transport.close();
  }
}
