package health.ferry.core.internal.call;

import health.ferry.core.internal.time.Cancellation.Registration;
import health.ferry.core.internal.time.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Layer 10: one attempt on OkHttp, from connect to the last byte read, redirects included. */
final class Wire {

  private final HttpClients clients;
  private final Redirects redirects;
  private final Duration attemptTimeout;

  Wire(HttpClients clients, Redirects redirects, Duration attemptTimeout) {
    this.clients = clients;
    this.redirects = redirects;
    this.attemptTimeout = attemptTimeout;
  }

  /** Reads an open response on the calling thread; it is closed afterwards. */
  @FunctionalInterface
  interface ResponseReader<T> {
    T read(Response response) throws IOException;
  }

  <T> T send(Exchange<T> exchange, CallContext call, ResponseReader<T> reader) {
    OkHttpClient client = exchange.isStream() ? clients.forStreams() : clients.forAnswers();
    Deadline until = exchange.isStream() ? call.deadline() : call.deadline().within(attemptTimeout);
    Request request = exchange.request();
    for (int hops = 0; ; hops++) {
      AttemptPhase phase = new AttemptPhase();
      Call attempt = client.newCall(request.newBuilder().tag(AttemptPhase.class, phase).build());
      // OkHttp's own default is no timeout at all, and it takes zero for that.
      attempt.timeout().timeout(Math.max(1_000_000L, until.nanosLeft()), TimeUnit.NANOSECONDS);
      try (Registration registered = call.cancellation().onCancel(attempt::cancel);
          Response response = attempt.execute()) {
        Optional<Request> onward = redirects.next(request, response, hops, call);
        if (onward.isEmpty()) {
          return reader.read(response);
        }
        request = onward.get();
      } catch (IOException failed) {
        throw AttemptFailure.of(failed, phase.current(), call);
      }
    }
  }
}
