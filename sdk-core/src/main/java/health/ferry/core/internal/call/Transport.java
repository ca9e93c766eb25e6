package health.ferry.core.internal.call;

import health.ferry.core.CallInfo;
import health.ferry.core.CallOptions;
import health.ferry.core.TransportOptions;
import health.ferry.core.internal.limit.RateLimit;
import health.ferry.core.internal.retry.RetryPolicy;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Deadline;
import health.ferry.core.internal.time.Jitter;
import health.ferry.core.internal.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * Sends exchanges through the layers, outermost first. Thread-safe.
 *
 * <p>Around a call: observer, deadline, fixed body, retry. Around each attempt: rate limit,
 * authorization, identity, log, response guard, and the wire.
 */
public final class Transport implements AutoCloseable {

  private final Shared shared;
  private final List<Layer> layers;

  private Transport(
      Shared shared, Optional<Layer> rateLimit, Optional<Layer> auth, Optional<Origin> home) {
    TransportOptions options = shared.options;
    this.shared = shared;
    this.layers =
        Stream.of(
                Optional.of(new ObserverLayer(options.observer())),
                Optional.of(new DeadlineLayer()),
                Optional.of(new FixedBodyLayer()),
                Optional.of(new RetryLayer(shared.retries)),
                rateLimit,
                auth,
                Optional.of(
                    new IdentityLayer(
                        shared.name.userAgent(options.application()),
                        IdentityLayer.RANDOM_IDS,
                        home)),
                Optional.of(new AttemptLogLayer()),
                Optional.of(
                    new ResponseGuardLayer(
                        new Wire(
                            shared.clients, new Redirects(shared.urls), options.attemptTimeout()))))
            .<Layer>flatMap(Optional::stream)
            .toList();
  }

  /** Opens a transport that sends no credential and knows no rate limit. */
  public static Transport open(
      ClientName name, TransportOptions options, Time time, Jitter jitter) {
    RetryPolicy retries =
        options
            .resilience()
            .map(callers -> new RetryPolicy(name.agent(), callers.retries(), jitter))
            .orElseGet(() -> new RetryPolicy(name.agent(), jitter));
    Shared shared =
        new Shared(
            name,
            options,
            time,
            jitter,
            new HttpClients(options),
            retries,
            new UrlPolicy(options.isInsecureHttpAllowed()));
    return new Transport(shared, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same transport with a credential that belongs to the origin of this URL. */
  public Transport authorized(Authorizer authorizer, HttpUrl home) {
    return authorized(authorizer, home, Optional.empty());
  }

  /** The same transport with a credential, under a rate limit. */
  public Transport authorized(Authorizer authorizer, HttpUrl home, RateLimit limiter) {
    return authorized(authorizer, home, Optional.of(new RateLimitLayer(limiter, Origin.of(home))));
  }

  private Transport authorized(Authorizer authorizer, HttpUrl home, Optional<Layer> rateLimit) {
    Origin origin = Origin.of(home);
    return new Transport(
        shared, rateLimit, Optional.of(new AuthLayer(authorizer, origin)), Optional.of(origin));
  }

  /** Begins a call: its name, and the deadline from the options or else the longest time. */
  public CallContext call(
      String operation, CallOptions options, Duration longest, Cancellation cancellation) {
    return new CallContext(
        CallInfo.of(shared.name.partner(), operation),
        shared.time,
        Deadline.in(options.deadline().orElse(longest), shared.time),
        cancellation,
        options.correlationId().orElse(null));
  }

  public <T> T send(Exchange<T> exchange, CallContext call) {
    return proceed(0, exchange, call);
  }

  private <T> T proceed(int index, Exchange<T> exchange, CallContext call) {
    return layers.get(index).around(exchange, call, new Below(index + 1, call));
  }

  public TransportOptions options() {
    return shared.options;
  }

  public ClientName name() {
    return shared.name;
  }

  public UrlPolicy urls() {
    return shared.urls;
  }

  public Time time() {
    return shared.time;
  }

  /** Where ids that must not repeat come from. */
  public Supplier<String> ids() {
    return IdentityLayer.RANDOM_IDS;
  }

  public Jitter jitter() {
    return shared.jitter;
  }

  @Override
  public void close() {
    shared.clients.close();
  }

  private final class Below implements Layer.Chain {
    private final int index;
    private final CallContext call;

    Below(int index, CallContext call) {
      this.index = index;
      this.call = call;
    }

    @Override
    public <T> T proceed(Exchange<T> exchange) {
      return Transport.this.proceed(index, exchange, call);
    }
  }

  /** What all views of one client's transport have in common. */
  private record Shared(
      ClientName name,
      TransportOptions options,
      Time time,
      Jitter jitter,
      HttpClients clients,
      RetryPolicy retries,
      UrlPolicy urls) {}
}
