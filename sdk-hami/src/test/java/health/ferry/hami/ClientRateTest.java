package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.ResilienceRegistries;
import health.ferry.core.Secret;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.github.resilience4j.ratelimiter.RateLimiterRegistry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** HAMI's 100 in any minute and 10 in any second, over all clients of a key. */
class ClientRateTest extends HamiServerTest {

  private static final String BUNDLE = SeedBundle.text();

  @Test
  void two_clients_of_a_key_share_its_allowance_to_the_last_request() {
    answers(json(200, ACCEPTED));
    try (HamiClient one = client();
        HamiClient other = client()) {
      for (int i = 0; i < 50; i++) {
        one.submit(BUNDLE);
        other.submit(BUNDLE);
      }
      // Ten at once, ten more after each full second.
      assertThat(time.passed()).isEqualTo(Duration.ofSeconds(9).plusNanos(9));
      one.submit(BUNDLE);
    }
    assertThat(time.passed()).isEqualTo(Duration.ofMinutes(1).plusNanos(1));
    assertThat(requests()).hasSize(101);
  }

  @Test
  void another_keys_clients_wait_for_nobody() {
    answers(json(200, ACCEPTED));
    try (HamiClient one = client();
        HamiClient other =
            HamiClient.builder(baseUrl(), GROUP, Secret.of(key.reveal() + "-other"))
                .time(time, () -> 0)
                .build()) {
      for (int i = 0; i < 10; i++) {
        one.submit(BUNDLE);
        other.submit(BUNDLE);
      }
    }
    assertThat(time.passed()).isZero();
  }

  @Test
  void a_client_that_is_closed_and_made_again_has_not_doubled_its_rate() {
    answers(json(200, ACCEPTED));
    for (int i = 0; i < 11; i++) {
      try (HamiClient again = client()) {
        again.submit(BUNDLE);
      }
    }
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(1).plusNanos(1));
  }

  @Test
  void a_retry_takes_a_permit_of_its_own() {
    answers(json(503, "{}"), json(503, "{}"), json(200, ACCEPTED));
    try (HamiClient client = builder().time(time, () -> 0).build()) {
      for (int i = 0; i < 8; i++) {
        client.submit(BUNDLE);
      }
      assertThat(requests()).hasSize(10);
      assertThat(time.passed()).isZero();
      client.submit(BUNDLE);
    }
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(1).plusNanos(1));
  }

  @Test
  void the_callers_registry_shows_the_limit_and_does_not_set_it() {
    RateLimiterRegistry registry = RateLimiterRegistry.ofDefaults();
    registry.rateLimiter(
        "ferry-hami-my-group", RateLimiterConfig.custom().limitForPeriod(5_000).build());
    answers(json(200, ACCEPTED));
    try (HamiClient client =
        builder()
            .transport(
                options ->
                    options.resilience(
                        ResilienceRegistries.of(RetryRegistry.ofDefaults(), registry)))
            .build()) {
      RateLimiter shown = registry.rateLimiter("ferry-hami-my-group");
      assertThat(shown.getRateLimiterConfig().getLimitForPeriod()).isEqualTo(100);
      assertThat(shown.getMetrics().getAvailablePermissions()).isEqualTo(10);
      client.submit(BUNDLE);

      assertThat(shown.getMetrics().getAvailablePermissions()).isEqualTo(9);
      assertThatThrownBy(() -> shown.changeLimitForPeriod(1_000))
          .isInstanceOf(UnsupportedOperationException.class);
      shown.drainPermissions();
      client.submit(BUNDLE);
    }
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(1).plusNanos(1));
  }
}
