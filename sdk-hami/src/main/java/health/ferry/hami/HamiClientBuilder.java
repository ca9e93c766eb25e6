package health.ferry.hami;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.core.Violation;
import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.auth.FixedAuthorizer;
import health.ferry.core.internal.call.Authorization;
import health.ferry.core.internal.call.ClientName;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.call.UrlPolicy;
import health.ferry.core.internal.config.BaseUrl;
import health.ferry.core.internal.limit.RateLimit;
import health.ferry.core.internal.limit.RateLimiterAdapter;
import health.ferry.core.internal.time.Jitter;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.internal.time.Time;
import health.ferry.hami.internal.submit.KeyRateLimit;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link HamiClient}; {@link HamiClient#builder} begins it with those that HAMI
 * requires. The rest has defaults that work:
 *
 * <ul>
 *   <li>Base URL: https, or http on loopback; without user, query and fragment. There is no
 *       default, since HAMI's pages name two: {@code https://api.hami.health} (seed, "Endpoint
 *       Details") and {@code https://hamiapi.bostonhealth.ai} (guide, "Universal Ingestion Flow").
 *   <li>Group: any text but a blank one, {@code .} and {@code ..}; it is one segment of the path,
 *       and is encoded as such.
 *   <li>Key: printable ASCII, since it is sent as the header {@code X-API-KEY} (seed,
 *       "Authentication"), to the base URL's origin alone.
 *   <li>Time: 10 seconds for a connection and 60 for an attempt, of which a bundle has 3; {@link
 *       HamiClient#submit submit} 10 minutes in all and {@link HamiClient#submitAll submitAll} 24
 *       hours, unless their options say otherwise.
 *   <li>Rate: 100 requests in any minute and 10 in any second of one key (seed, "Rate Limiting"),
 *       counted over all clients of that key in this process. It cannot be raised or turned off.
 * </ul>
 *
 * <p>Not thread-safe, while the client is. A setting that is set again replaces what was set
 * before.
 */
public final class HamiClientBuilder {

  static final ClientName NAME = new ClientName("HAMI", "ferry-hami");

  private final String baseUrl;
  private final String groupId;
  private final Secret apiKey;
  private TransportOptions.Builder transport = TransportOptions.builder();
  private @Nullable SubmissionGate gate;
  private @Nullable ProfileValidation validation;
  private Time time = SystemTime.INSTANCE;
  private Jitter jitter = Jitter.RANDOM;

  HamiClientBuilder(String baseUrl, String groupId, Secret apiKey) {
    this.baseUrl = baseUrl;
    this.groupId = groupId;
    this.apiKey = apiKey;
  }

  /**
   * Changes how the client talks to the network: timeouts, threads, the caller's own HTTP client or
   * registries. Called again, it goes on from what was changed before.
   *
   * <p>A rate limiter in the caller's registry is shown there and never used for sending: those
   * count by fixed cycles, and would let twice as much through at a cycle's edge.
   *
   * @param change such as {@code options -> options.executor(mine)}; {@link
   *     TransportOptions.Builder} has the defaults and limits
   * @return this builder
   */
  public HamiClientBuilder transport(UnaryOperator<TransportOptions.Builder> change) {
    this.transport = change.apply(transport);
    return this;
  }

  /**
   * Asks also a rate limit that other processes share; only needed where one key is used in several
   * of them, since HAMI counts by key (seed, "Rate Limiting"). None by default.
   *
   * @param sharedLimit thread-safe; asked before each attempt, besides this process's own windows
   * @return this builder
   */
  public HamiClientBuilder gate(SubmissionGate sharedLimit) {
    this.gate = sharedLimit;
    return this;
  }

  /**
   * Validates every bundle in full before it is sent, as the seed advises ("Validation"), besides
   * {@link Preflight}. What it finds is among the warnings of receipt and report, and stops
   * nothing. Off by default: it needs artifacts that Ferry does not bring along, and is a hundred
   * times slower.
   *
   * @param profiles as in {@code ProfileValidation.r4()}, which says what it needs; may be shared
   *     with other clients
   * @return this builder
   */
  public HamiClientBuilder validation(ProfileValidation profiles) {
    this.validation = profiles;
    return this;
  }

  /** Clock, wait and chance as parameters. */
  HamiClientBuilder time(Time newTime, Jitter newJitter) {
    this.time = newTime;
    this.jitter = newJitter;
    return this;
  }

  /**
   * Checks the settings and makes the client. No network: a wrong key or group shows at the first
   * call.
   *
   * @return a client, to be closed by the caller
   * @throws ConfigurationException naming every setting that is wrong, and no value
   */
  public HamiClient build() {
    List<Violation> violations = violations();
    if (!violations.isEmpty()) {
      throw new ConfigurationException(CallInfo.of(NAME.partner(), "configuration"), violations);
    }
    HttpUrl base = BaseUrl.of(baseUrl);
    TransportOptions options = transport.build();
    KeyRateLimit limit = KeyRateLimit.of(Origin.of(base), apiKey, time);
    show(limit, options);
    Transport authorized =
        Transport.open(NAME, options, time, jitter)
            .authorized(
                new FixedAuthorizer(new Authorization("X-API-KEY", apiKey)), base, gated(limit));
    return new HamiClient(
        base,
        groupId,
        authorized,
        limit,
        new ClientThreads(options.executor(), NAME.agent()),
        new BundleCheck(validation));
  }

  private RateLimit gated(KeyRateLimit limit) {
    return gate == null ? limit.limiter() : new GatedRateLimit(limit.limiter(), gate, time);
  }

  /**
   * Shown in the caller's registry, never taken from it: its limiters let twice as much through.
   */
  private void show(KeyRateLimit limit, TransportOptions options) {
    RateLimiterConfig minute =
        RateLimiterConfig.custom()
            .limitForPeriod(KeyRateLimit.WINDOWS.get(0).permits())
            .limitRefreshPeriod(KeyRateLimit.WINDOWS.get(0).length())
            .timeoutDuration(Duration.ZERO)
            .build();
    options
        .resilience()
        .ifPresent(
            callers ->
                new RateLimiterAdapter(NAME.agent() + "-" + groupId, limit.limiter(), minute, time)
                    .registerIn(callers.rateLimiters()));
  }

  /** Everything that is wrong with the settings, without their values. */
  List<Violation> violations() {
    List<Violation> violations = new ArrayList<>(transport.violations());
    BaseUrl.check("baseUrl", baseUrl, new UrlPolicy(transport.isInsecureHttpAllowed()), violations);
    if (groupId.isBlank() || groupId.equals(".") || groupId.equals("..")) {
      violations.add(new Violation("groupId", "must be the id of the organization's group"));
    }
    if (apiKey.reveal().chars().anyMatch(c -> c < ' ' || c > '~')) {
      violations.add(new Violation("apiKey", "must be printable ASCII"));
    }
    return violations;
  }
}
