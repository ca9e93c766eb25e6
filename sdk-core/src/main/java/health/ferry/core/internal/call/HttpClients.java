package health.ferry.core.internal.call;

import health.ferry.core.TransportOptions;
import java.time.Duration;
import java.util.Optional;
import okhttp3.Authenticator;
import okhttp3.CookieJar;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The OkHttp clients behind a transport: one for answers, one for streams, over the same
 * connections. Made when the first request needs them.
 */
final class HttpClients implements AutoCloseable {

  private final TransportOptions options;
  private @Nullable OkHttpClient forAnswers;
  private @Nullable OkHttpClient forStreams;

  HttpClients(TransportOptions options) {
    this.options = options;
  }

  synchronized OkHttpClient forAnswers() {
    if (forAnswers == null) {
      OkHttpClient origin = options.okHttpClient().orElseGet(HttpClients::own);
      forAnswers =
          origin
              .newBuilder()
              // Redirects carry credentials to strangers, and silent retries send a POST twice.
              .followRedirects(false)
              .followSslRedirects(false)
              .retryOnConnectionFailure(false)
              .addNetworkInterceptor(new NoSilentRepeat())
              .cookieJar(CookieJar.NO_COOKIES)
              // A cache would keep patients' data on disk, and answer for a job as it was.
              .cache(null)
              .authenticator(Authenticator.NONE)
              .connectTimeout(options.connectTimeout())
              // The attempt as a whole has a limit; a second one of the same length would race it.
              .readTimeout(Duration.ZERO)
              .writeTimeout(options.stallTimeout())
              .callTimeout(Duration.ZERO) // each call sets its own
              .eventListenerFactory(AttemptPhase.beside(origin.eventListenerFactory()))
              .build();
    }
    return forAnswers;
  }

  private static OkHttpClient own() {
    return new OkHttpClient.Builder().socketFactory(new ReadAheadSockets()).build();
  }

  synchronized OkHttpClient forStreams() {
    if (forStreams == null) {
      forStreams = forAnswers().newBuilder().readTimeout(options.stallTimeout()).build();
    }
    return forStreams;
  }

  /** Lets go of the connections that Ferry made; a caller's client stays as it is. */
  @Override
  public synchronized void close() {
    Optional.ofNullable(forAnswers)
        .filter(client -> options.okHttpClient().isEmpty())
        .ifPresent(
            client -> {
              client.connectionPool().evictAll();
              client.dispatcher().executorService().shutdown();
            });
  }
}
