package health.ferry.core.internal.retry;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TriesTest {

  private final IntegrityException corrupt =
      new IntegrityException(CallInfo.of("Test", "download"), "it is cut", null);

  private final RetryRegistry registry = RetryRegistry.ofDefaults();
  private final RetryPolicy watched = new RetryPolicy("ferry-test", registry, () -> 1.0);
  private final RetryPolicy unwatched = new RetryPolicy("ferry-test", () -> 1.0);

  @Test
  void both_policies_wait_alike_and_give_up_alike() {
    for (RetryPolicy policy : new RetryPolicy[] {watched, unwatched}) {
      Tries tries = policy.begin(RetryClass.DOWNLOAD);

      assertThat(tries.failed(corrupt)).contains(Duration.ofMillis(200));
      assertThat(tries.failed(corrupt)).contains(Duration.ofMillis(400));
      assertThat(tries.failed(corrupt)).contains(Duration.ofMillis(800));
      assertThat(tries.failed(corrupt)).contains(Duration.ofMillis(1600));
      assertThat(tries.failed(corrupt)).isEmpty();
    }
  }

  @Test
  void a_failure_that_would_come_again_is_not_tried_again() {
    assertThat(unwatched.begin(RetryClass.SAFE).failed(corrupt)).isEmpty();
  }

  @Test
  void a_caller_s_registry_counts_the_calls_that_succeed_at_once_and_those_that_do_not() {
    watched.begin(RetryClass.DOWNLOAD).succeeded();
    watched.begin(RetryClass.DOWNLOAD).succeeded();
    Tries second = watched.begin(RetryClass.DOWNLOAD);
    second.failed(corrupt);
    second.succeeded();

    Retry.Metrics counted = registry.retry("ferry-test-download").getMetrics();
    assertThat(counted.getNumberOfSuccessfulCallsWithoutRetryAttempt()).isEqualTo(2);
    assertThat(counted.getNumberOfSuccessfulCallsWithRetryAttempt()).isEqualTo(1);
  }

  @Test
  void an_empty_budget_ends_the_tries() {
    while (unwatched.budget().tryPay()) {
      // Until nothing is left.
    }

    assertThat(unwatched.begin(RetryClass.DOWNLOAD).failed(corrupt)).isEmpty();
  }

  @Test
  void a_success_pays_its_retries_back() {
    while (unwatched.budget().tryPay()) {
      // Until nothing is left.
    }
    for (int success = 0; success < RetryBudget.RETRY_COST; success++) {
      unwatched.begin(RetryClass.DOWNLOAD).succeeded();
    }
    Tries tries = unwatched.begin(RetryClass.DOWNLOAD);
    assertThat(tries.failed(corrupt)).isPresent();
    tries.succeeded();

    assertThat(unwatched.begin(RetryClass.DOWNLOAD).failed(corrupt)).isPresent();
  }
}
