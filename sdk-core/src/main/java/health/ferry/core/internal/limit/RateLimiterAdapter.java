package health.ferry.core.internal.limit;

import health.ferry.core.CallInfo;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Deadline;
import health.ferry.core.internal.time.Time;
import io.github.resilience4j.core.EventConsumer;
import io.github.resilience4j.core.EventProcessor;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.ratelimiter.event.RateLimiterEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnFailureEvent;
import io.github.resilience4j.ratelimiter.event.RateLimiterOnSuccessEvent;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a {@link SlidingWindowRateLimiter} to Resilience4j, so that registries, events and metrics
 * binders see it.
 *
 * <p>A permit taken here counts from its acquisition alone, because Resilience4j does not say which
 * answer belongs to which permit.
 */
public final class RateLimiterAdapter implements RateLimiter {

  private final String name;
  private final SlidingWindowRateLimiter limiter;
  private final Time time;
  private final Events events = new Events();
  private volatile RateLimiterConfig config;

  public RateLimiterAdapter(
      String name, SlidingWindowRateLimiter limiter, RateLimiterConfig config, Time time) {
    this.name = name;
    this.limiter = limiter;
    this.config = config;
    this.time = time;
  }

  /**
   * Puts this limiter into a registry under its name. A registry builds only its own kind, so the
   * entry that it builds is replaced.
   */
  public void registerIn(RateLimiterRegistry registry) {
    registry.rateLimiter(name, config);
    registry.replace(name, this);
  }

  @Override
  public boolean acquirePermission(int permits) {
    for (int i = 0; i < permits; i++) {
      if (!acquireOne()) {
        events.publish(new RateLimiterOnFailureEvent(name, permits));
        return false;
      }
    }
    events.publish(new RateLimiterOnSuccessEvent(name, permits));
    return true;
  }

  private boolean acquireOne() {
    Deadline deadline = Deadline.in(config.getTimeoutDuration(), time);
    Optional<Permit> free = limiter.tryAcquire();
    if (free.isPresent()) {
      free.get().close();
      return true;
    }
    try (Permit permit =
        limiter.acquire(CallInfo.of("Ferry", name), deadline, new Cancellation())) {
      return true;
    } catch (DeadlineExceededException tooLate) {
      return false;
    }
  }

  /** Zero when the permits are taken now, -1 when they are not: none is ever lent on the future. */
  @Override
  public long reservePermission(int permits) {
    for (int i = 0; i < permits; i++) {
      Optional<Permit> free = limiter.tryAcquire();
      if (free.isEmpty()) {
        return -1;
      }
      free.get().close();
    }
    return 0;
  }

  @Override
  public void drainPermissions() {
    for (Optional<Permit> free = limiter.tryAcquire();
        free.isPresent();
        free = limiter.tryAcquire()) {
      free.get().close();
    }
  }

  @Override
  public void changeTimeoutDuration(Duration timeout) {
    config = RateLimiterConfig.from(config).timeoutDuration(timeout).build();
  }

  @Override
  public void changeLimitForPeriod(int limit) {
    throw new UnsupportedOperationException(
        "The limit of " + name + " is the partner's own: a higher one would only earn 429s");
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public RateLimiterConfig getRateLimiterConfig() {
    return config;
  }

  @Override
  public Map<String, String> getTags() {
    return Map.of();
  }

  @Override
  public Metrics getMetrics() {
    return new Metrics() {
      @Override
      public int getNumberOfWaitingThreads() {
        return limiter.waiting();
      }

      @Override
      public int getAvailablePermissions() {
        return limiter.available();
      }
    };
  }

  @Override
  public EventPublisher getEventPublisher() {
    return events;
  }

  private static final class Events extends EventProcessor<RateLimiterEvent>
      implements EventPublisher {

    void publish(RateLimiterEvent event) {
      if (hasConsumers()) {
        processEvent(event);
      }
    }

    @Override
    public EventPublisher onSuccess(EventConsumer<RateLimiterOnSuccessEvent> consumer) {
      registerConsumer(RateLimiterOnSuccessEvent.class.getName(), consumer);
      return this;
    }

    @Override
    public EventPublisher onFailure(EventConsumer<RateLimiterOnFailureEvent> consumer) {
      registerConsumer(RateLimiterOnFailureEvent.class.getName(), consumer);
      return this;
    }
  }
}
