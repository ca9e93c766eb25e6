package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import health.ferry.core.WebhookReplayStore;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.internal.time.Time;
import health.ferry.core.internal.webhook.WebhookBody;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Settings of {@link PierflowWebhooks}. Not thread-safe. */
public final class PierflowWebhooksBuilder {

  private static final int REMEMBERED = 10_000;
  private static final Duration LONGEST_TOLERANCE = Duration.ofDays(1);

  final List<Secret> secrets = new ArrayList<>();
  // The server's own advice to receivers (fact sheet, 9); the documentation gives no number.
  Duration tolerance = Duration.ofMinutes(5);
  WebhookReplayStore store = WebhookReplayStore.inMemory(REMEMBERED);
  int maxBytes = WebhookBody.DEFAULT_MAX_BYTES;
  Time time = SystemTime.INSTANCE;

  PierflowWebhooksBuilder(Secret secret) {
    alsoAccept(secret);
  }

  /**
   * Accepts one more secret: of a second endpoint in the portal, which is how a secret is changed.
   *
   * @param secret the other secret
   * @return this builder
   */
  public PierflowWebhooksBuilder alsoAccept(Secret secret) {
    secrets.add(Objects.requireNonNull(secret, "secret"));
    return this;
  }

  /**
   * How far a signature's time may be from this machine's clock, before or after.
   *
   * @param difference from a second to a day; 5 minutes by default
   * @return this builder
   */
  public PierflowWebhooksBuilder tolerance(Duration difference) {
    this.tolerance = Objects.requireNonNull(difference, "difference");
    return this;
  }

  /**
   * Where messages are remembered; by default the last 10,000, in this process's memory.
   *
   * @param newStore the application's own
   * @return this builder
   */
  public PierflowWebhooksBuilder replayStore(WebhookReplayStore newStore) {
    this.store = Objects.requireNonNull(newStore, "newStore");
    return this;
  }

  /**
   * How long a body may be.
   *
   * @param bytes at least 1; 1 MiB by default
   * @return this builder
   */
  public PierflowWebhooksBuilder maxBodyBytes(int bytes) {
    this.maxBytes = bytes;
    return this;
  }

  /** The clock as a parameter. */
  PierflowWebhooksBuilder time(Time newTime) {
    this.time = newTime;
    return this;
  }

  /**
   * Checks the settings and makes the receiver.
   *
   * @return a receiver with these settings
   * @throws ConfigurationException naming every setting that is out of range
   */
  public PierflowWebhooks build() {
    List<Violation> violations = new ArrayList<>();
    if (tolerance.toSeconds() < 1 || tolerance.compareTo(LONGEST_TOLERANCE) > 0) {
      violations.add(new Violation("tolerance", "must be from a second to a day"));
    }
    if (maxBytes < 1 || maxBytes == Integer.MAX_VALUE) {
      violations.add(new Violation("maxBodyBytes", "must be from 1 to 2147483646"));
    }
    if (!violations.isEmpty()) {
      throw new ConfigurationException(
          CallInfo.of(PierflowClientBuilder.NAME.partner(), "configuration"), violations);
    }
    return new PierflowWebhooks(this);
  }
}
