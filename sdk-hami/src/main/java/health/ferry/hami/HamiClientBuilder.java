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

/** Settings of a {@link HamiClient}. Not thread-safe. */
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
   * Changes how the client talks to the network.
   *
   * @param change such as {@code options -> options.executor(mine)}
   * @return this builder
   */
  public HamiClientBuilder transport(UnaryOperator<TransportOptions.Builder> change) {
    this.transport = change.apply(transport);
    return this;
  }

  /**
   * Asks also a rate limit that other processes share; only needed where one key is used on several
   * machines.
   *
   * @param sharedLimit asked before each attempt, besides this process's own windows
   * @return this builder
   */
  public HamiClientBuilder gate(SubmissionGate sharedLimit) {
    this.gate = sharedLimit;
    return this;
  }

  /**
   * Validates every bundle in full before it is sent, besides {@link Preflight}. What it finds is
   * among the warnings of receipt and report.
   *
   * @param profiles as in {@code ProfileValidation.r4()}, which says what it needs
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
   * Checks the settings and makes the client. No network.
   *
   * @return a client
   * @throws ConfigurationException naming every setting that is wrong
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
