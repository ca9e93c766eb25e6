package health.ferry.core;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * How a client talks to the network: timeouts, limits, threads, and what the caller brings along.
 *
 * <p>Immutable and thread-safe. Every setting has a default that works.
 */
public final class TransportOptions {

  private final Builder settings;

  private TransportOptions(Builder settings) {
    this.settings = settings;
  }

  /**
   * Begins with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Begins with these settings.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    return new Builder(settings);
  }

  /**
   * The caller's HTTP client.
   *
   * @return the client, empty when Ferry makes its own
   */
  public Optional<OkHttpClient> okHttpClient() {
    return Optional.ofNullable(settings.okHttpClient);
  }

  /**
   * The caller's Resilience4j registries.
   *
   * @return the registries, empty when Ferry makes its own
   */
  public Optional<ResilienceRegistries> resilience() {
    return Optional.ofNullable(settings.resilience);
  }

  /**
   * Where asynchronous calls and parallel transfers run.
   *
   * @return the executor, empty when Ferry makes its own
   */
  public Optional<Executor> executor() {
    return Optional.ofNullable(settings.executor);
  }

  /**
   * Who is told of each call's end.
   *
   * @return the observer
   */
  public CallObserver observer() {
    return settings.observer;
  }

  /**
   * What the application adds to the User-Agent.
   *
   * @return name and version as {@code name/version}, empty when not set
   */
  public Optional<String> application() {
    return Optional.ofNullable(settings.application);
  }

  /**
   * How long a connection may take.
   *
   * @return the time, 10 seconds by default
   */
  public Duration connectTimeout() {
    return settings.connectTimeout;
  }

  /**
   * How long one attempt of a call may take, from connect to the last byte; not for transfers.
   *
   * @return the time, 60 seconds by default
   */
  public Duration attemptTimeout() {
    return settings.attemptTimeout;
  }

  /**
   * How long a transfer may go without a single byte.
   *
   * @return the time, 20 seconds by default
   */
  public Duration stallTimeout() {
    return settings.stallTimeout;
  }

  /**
   * How large a JSON answer may be.
   *
   * @return the limit in bytes, 10 MiB by default
   */
  public int maxJsonBytes() {
    return settings.maxJsonBytes;
  }

  /**
   * Whether http is allowed elsewhere than on loopback.
   *
   * @return false by default
   */
  public boolean isInsecureHttpAllowed() {
    return settings.insecureHttpAllowed;
  }

  /** Collects settings. Not thread-safe. */
  public static final class Builder {
    private static final Duration LONGEST_TIMEOUT = Duration.ofDays(24);
    private static final int LARGEST_JSON_LIMIT = 1024 * 1024 * 1024;

    private @Nullable OkHttpClient okHttpClient;
    private @Nullable ResilienceRegistries resilience;
    private @Nullable Executor executor;
    private CallObserver observer = event -> {};
    private @Nullable String application;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration attemptTimeout = Duration.ofSeconds(60);
    private Duration stallTimeout = Duration.ofSeconds(20);
    private int maxJsonBytes = 10 * 1024 * 1024;
    private boolean insecureHttpAllowed;

    private Builder() {}

    private Builder(Builder other) {
      okHttpClient = other.okHttpClient;
      resilience = other.resilience;
      executor = other.executor;
      observer = other.observer;
      application = other.application;
      connectTimeout = other.connectTimeout;
      attemptTimeout = other.attemptTimeout;
      stallTimeout = other.stallTimeout;
      maxJsonBytes = other.maxJsonBytes;
      insecureHttpAllowed = other.insecureHttpAllowed;
    }

    /**
     * Uses the caller's client: its proxy, TLS and interceptors. Ferry works on a copy that shares
     * its connections, with redirects, silent retries and timeouts set to Ferry's own rules, and
     * never closes it.
     *
     * @param client the client
     * @return this builder
     */
    public Builder okHttpClient(OkHttpClient client) {
      this.okHttpClient = client;
      return this;
    }

    /**
     * Shows Ferry's retries and rate limits in the caller's registries.
     *
     * @param registries the registries
     * @return this builder
     */
    public Builder resilience(ResilienceRegistries registries) {
      this.resilience = registries;
      return this;
    }

    /**
     * Runs asynchronous calls and parallel transfers there; Ferry never shuts it down. Without it a
     * client makes a pool of at most 8 daemon threads when it first needs one.
     *
     * @param executor the executor
     * @return this builder
     */
    public Builder executor(Executor executor) {
      this.executor = executor;
      return this;
    }

    /**
     * Is told of each call's end.
     *
     * @param observer the observer
     * @return this builder
     */
    public Builder observer(CallObserver observer) {
      this.observer = observer;
      return this;
    }

    /**
     * Adds the application to the User-Agent.
     *
     * @param name letters, digits, dots, dashes and underscores
     * @param version the same
     * @return this builder
     */
    public Builder applicationName(String name, String version) {
      this.application = name + "/" + version;
      return this;
    }

    /**
     * Limits how long a connection may take.
     *
     * @param timeout from 1 millisecond to 24 days
     * @return this builder
     */
    public Builder connectTimeout(Duration timeout) {
      this.connectTimeout = timeout;
      return this;
    }

    /**
     * Limits how long one attempt of a call may take; transfers have the stall rule instead.
     *
     * @param timeout from 1 millisecond to 24 days
     * @return this builder
     */
    public Builder attemptTimeout(Duration timeout) {
      this.attemptTimeout = timeout;
      return this;
    }

    /**
     * Limits how long a transfer may go without a single byte.
     *
     * @param timeout from 1 millisecond to 24 days
     * @return this builder
     */
    public Builder stallTimeout(Duration timeout) {
      this.stallTimeout = timeout;
      return this;
    }

    /**
     * Limits the size of a JSON answer.
     *
     * @param bytes from 1 KiB to 1 GiB
     * @return this builder
     */
    public Builder maxJsonBytes(int bytes) {
      this.maxJsonBytes = bytes;
      return this;
    }

    /**
     * Allows http elsewhere than on loopback. Everything sent can then be read on the way.
     *
     * @return this builder
     */
    public Builder allowInsecureHttp() {
      this.insecureHttpAllowed = true;
      return this;
    }

    /**
     * Whether http is allowed elsewhere than on loopback.
     *
     * @return what was set
     */
    public boolean isInsecureHttpAllowed() {
      return insecureHttpAllowed;
    }

    /**
     * Everything that is wrong with the settings.
     *
     * @return the violations, empty when all is well
     */
    public List<Violation> violations() {
      List<Violation> found = new ArrayList<>();
      requireCountable("connectTimeout", connectTimeout, found);
      requireCountable("attemptTimeout", attemptTimeout, found);
      requireCountable("stallTimeout", stallTimeout, found);
      if (maxJsonBytes < 1024 || maxJsonBytes > LARGEST_JSON_LIMIT) {
        found.add(new Violation("maxJsonBytes", "must be from 1 KiB to 1 GiB"));
      }
      if (application != null && !application.matches("[A-Za-z0-9._-]+/[A-Za-z0-9._-]+")) {
        found.add(
            new Violation("applicationName", "must be letters, digits, dots, dashes, underscores"));
      }
      return found;
    }

    private static void requireCountable(String name, Duration value, List<Violation> found) {
      // What the sockets below can count: milliseconds in an int.
      if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(LONGEST_TIMEOUT) > 0) {
        found.add(new Violation(name, "must be from 1 millisecond to 24 days"));
      }
    }

    /**
     * Checks the settings and freezes them.
     *
     * @return the options
     * @throws ConfigurationException naming every setting that is wrong
     */
    public TransportOptions build() {
      List<Violation> violations = violations();
      if (!violations.isEmpty()) {
        throw new ConfigurationException(CallInfo.of("Ferry", "configuration"), violations);
      }
      return new TransportOptions(new Builder(this));
    }
  }
}
