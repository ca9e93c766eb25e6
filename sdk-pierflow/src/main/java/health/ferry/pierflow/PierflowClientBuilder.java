package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.core.Violation;
import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.auth.FixedAuthorizer;
import health.ferry.core.internal.call.Authorization;
import health.ferry.core.internal.call.ClientName;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.call.UrlPolicy;
import health.ferry.core.internal.config.BaseUrl;
import health.ferry.core.internal.limit.RateLimit;
import health.ferry.core.internal.limit.SlidingWindowRateLimiter;
import health.ferry.core.internal.time.Jitter;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.internal.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;

/**
 * Settings of a {@link PierflowClient}: a server and a key, and how to talk to the network. Not
 * thread-safe.
 */
public final class PierflowClientBuilder {

  static final ClientName NAME = new ClientName("Pierflow", "ferry-pierflow");

  private final String baseUrl;
  private final Secret key;
  private TransportOptions.Builder transport = TransportOptions.builder();
  private Time time = SystemTime.INSTANCE;
  private Jitter jitter = Jitter.RANDOM;

  PierflowClientBuilder(String baseUrl, Secret key) {
    this.baseUrl = baseUrl;
    this.key = key;
  }

  /**
   * Changes how the client talks to the network; {@link TransportOptions} tells the defaults.
   *
   * @param change such as {@code options -> options.executor(mine)}
   * @return this builder
   */
  public PierflowClientBuilder transport(UnaryOperator<TransportOptions.Builder> change) {
    this.transport = change.apply(transport);
    return this;
  }

  /** Clock, wait and chance as parameters. */
  PierflowClientBuilder time(Time newTime, Jitter newJitter) {
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
  public PierflowClient build() {
    List<Violation> violations = violations();
    if (!violations.isEmpty()) {
      throw new ConfigurationException(CallInfo.of(NAME.partner(), "configuration"), violations);
    }
    HttpUrl base = PierflowServer.root(BaseUrl.of(baseUrl));
    TransportOptions options = transport.build();
    // The allowance is the partner's plan's (fact sheet, 7): only the server's answers tell it.
    RateLimit pace = new SlidingWindowRateLimiter(List.of(), time);
    Transport authorized =
        Transport.open(NAME, options, time, jitter)
            .authorized(new FixedAuthorizer(Authorization.bearer(key)), base, pace);
    return new PierflowClient(
        new PierflowServer(authorized, base, pace),
        new ClientThreads(options.executor(), NAME.agent()));
  }

  /** Everything that is wrong with the settings, without their values. */
  List<Violation> violations() {
    List<Violation> violations = new ArrayList<>(transport.violations());
    BaseUrl.check("baseUrl", baseUrl, new UrlPolicy(transport.isInsecureHttpAllowed()), violations);
    String text = key.reveal();
    if (!text.startsWith("pf_") || text.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      // Fact sheet, 2: pf_{test|live}_{type}_{random}; the length varies.
      violations.add(new Violation("key", "must be a Pierflow key, which begins with pf_"));
    }
    return violations;
  }
}
