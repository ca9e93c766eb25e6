package health.ferry.core.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.resilience4j.retry.RetryConfig;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The policy's constants: changing one is a decision that shows. */
class RetryPolicyTest {

  @Test
  void attempts_of_each_class() {
    assertThat(RetryClass.values())
        .extracting(RetryClass::name, RetryClass::maxAttempts, RetryClass::changesSomething)
        .containsExactly(
            tuple("ONCE", 1, false),
            tuple("SAFE", 3, false),
            tuple("POLL", 5, false),
            tuple("DOWNLOAD", 5, false),
            tuple("LARGE_DOWNLOAD", 5, false),
            tuple("REPEATABLE", 3, true),
            tuple("START", 2, true),
            tuple("UNSAFE", 3, true),
            tuple("CREATE", 3, true));
  }

  @Test
  void delays_grow_from_200_ms_to_20_s_and_hints_end_at_120_s() {
    assertThat(RetryPolicy.FIRST_DELAY).isEqualTo(Duration.ofMillis(200));
    assertThat(RetryPolicy.LONGEST_DELAY).isEqualTo(Duration.ofSeconds(20));
    assertThat(RetryPolicy.LONGEST_HINT).hasSeconds(120);
  }

  @Test
  void only_a_download_takes_corrupt_content_again() {
    for (RetryClass retryClass : RetryClass.values()) {
      assertThat(retryClass.retries(FailureKind.CORRUPT))
          .isEqualTo(retryClass == RetryClass.DOWNLOAD);
      assertThat(retryClass.retries(FailureKind.FINAL)).isFalse();
    }
  }

  @Test
  void shows_its_retries_in_the_registry_of_the_caller() {
    RetryRegistry registry = RetryRegistry.ofDefaults();

    RetryPolicy policy = new RetryPolicy("ferry-test", registry, () -> 0.5);

    assertThat(registry.getAllRetries())
        .extracting(retry -> retry.getName())
        .containsExactlyInAnyOrder(
            "ferry-test-once",
            "ferry-test-safe",
            "ferry-test-poll",
            "ferry-test-download",
            "ferry-test-large_download",
            "ferry-test-repeatable",
            "ferry-test-start",
            "ferry-test-create",
            "ferry-test-unsafe");
    assertThat(registry.retry("ferry-test-poll")).isSameAs(policy.retryFor(RetryClass.POLL));
  }

  @Test
  void a_retry_of_that_name_in_the_registry_does_not_change_who_is_retried() {
    RetryRegistry registry = RetryRegistry.of(Map.of("default", RetryConfig.ofDefaults()));
    registry.retry("ferry-test-unsafe", RetryConfig.custom().maxAttempts(50).build());

    RetryPolicy policy = new RetryPolicy("ferry-test", registry, () -> 0.5);

    assertThat(policy.retryFor(RetryClass.UNSAFE).getRetryConfig().getMaxAttempts()).isEqualTo(3);
    assertThat(registry.retry("ferry-test-unsafe")).isSameAs(policy.retryFor(RetryClass.UNSAFE));
  }
}
