package health.ferry.core.internal.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.testing.VirtualTime;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Resilience4j, its registries and its metrics see of Ferry's limiter. */
class RateLimiterAdapterTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final VirtualTime time = new VirtualTime();
  private final RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
  private final SlidingWindowRateLimiter limiter =
      new SlidingWindowRateLimiter(List.of(new Window(3, SECOND)), time);
  private RateLimiter seen;

  @BeforeEach
  void register() {
    RateLimiterConfig config =
        RateLimiterConfig.custom()
            .limitForPeriod(3)
            .limitRefreshPeriod(SECOND)
            .timeoutDuration(Duration.ZERO)
            .build();
    new RateLimiterAdapter("ferry-hami", limiter, config, time).registerIn(registry);
    seen = registry.rateLimiter("ferry-hami");
  }

  @Test
  void is_the_registry_s_own_entry() {
    assertThat(seen).isInstanceOf(RateLimiterAdapter.class);
    assertThat(registry.getAllRateLimiters()).containsExactly(seen);
    assertThat(seen.getName()).isEqualTo("ferry-hami");
    assertThat(seen.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(3);
  }

  @Test
  void shares_its_permits_with_the_limiter() {
    assertThat(limiter.tryAcquire()).isPresent();

    assertThat(seen.acquirePermission()).isTrue();
    assertThat(seen.acquirePermission()).isTrue();
    assertThat(seen.acquirePermission()).isFalse();
    assertThat(limiter.tryAcquire()).isEmpty();
  }

  @Test
  void waits_as_long_as_its_configuration_allows() {
    seen.drainPermissions();
    seen.changeTimeoutDuration(SECOND);
    assertThat(seen.acquirePermission()).isFalse();
    assertThat(time.elapsedNanos()).isZero();

    seen.changeTimeoutDuration(Duration.ofSeconds(2));
    assertThat(seen.acquirePermission()).isTrue();
    assertThat(time.elapsedNanos()).isEqualTo(SECOND.toNanos() + 1);
  }

  @Test
  void lends_nothing_on_the_future() {
    assertThat(seen.reservePermission(3)).isZero();
    assertThat(seen.reservePermission()).isEqualTo(-1);
  }

  @Test
  void metrics_tell_what_is_free() {
    assertThat(seen.getMetrics().getAvailablePermissions()).isEqualTo(3);
    seen.acquirePermission(2);
    assertThat(seen.getMetrics().getAvailablePermissions()).isEqualTo(1);
    assertThat(seen.getMetrics().getNumberOfWaitingThreads()).isZero();
  }

  @Test
  void events_tell_success_and_failure() {
    List<String> events = new ArrayList<>();
    seen.getEventPublisher()
        .onSuccess(event -> events.add("success " + event.getRateLimiterName()))
        .onFailure(event -> events.add("failure " + event.getRateLimiterName()));

    seen.acquirePermission();
    seen.acquirePermission();
    seen.acquirePermission();
    seen.acquirePermission();

    assertThat(events)
        .containsExactly(
            "success ferry-hami", "success ferry-hami", "success ferry-hami", "failure ferry-hami");
  }

  @Test
  void refuses_a_higher_limit_and_says_why() {
    assertThatThrownBy(() -> seen.changeLimitForPeriod(1_000))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("ferry-hami")
        .hasMessageContaining("partner's own");
  }
}
