package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import health.ferry.core.CallOptions;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.RateLimitedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The pace that the server sets in its answers, where it sets one (fact sheet, 7). */
class PaceTest extends PackageServers {

  private static ResponseDefinitionBuilder list() {
    return json(200, "{\"packages\":[]}");
  }

  private ResponseDefinitionBuilder paced(
      ResponseDefinitionBuilder answer, String remaining, Duration untilReset) {
    return answer
        .withHeader("X-RateLimit-Limit", "60")
        .withHeader("X-RateLimit-Remaining", remaining)
        .withHeader(
            "X-RateLimit-Reset", Long.toString(time.now().plus(untilReset).getEpochSecond()));
  }

  private void listTwice() {
    try (PierflowClient client = client()) {
      client.listPackages(ORGANIZATION);
      client.listPackages(ORGANIZATION);
    }
    assertThat(requests()).hasSize(2);
  }

  @Test
  void without_headers_nobody_waits() {
    answers(list());
    listTwice();
    assertThat(time.passed()).isZero();
  }

  @Test
  void while_something_is_left_nobody_waits() {
    answers(paced(list(), "1", Duration.ofSeconds(30)));
    listTwice();
    assertThat(time.passed()).isZero();
  }

  @Test
  void a_quota_that_is_used_up_is_waited_for() {
    answers(paced(list(), "0", Duration.ofSeconds(30)), list());
    listTwice();
    assertThat(time.waits()).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void a_reset_that_has_passed_is_none() {
    answers(paced(list(), "0", Duration.ofSeconds(-30)), list());
    listTwice();
    assertThat(time.passed()).isZero();
  }

  @Test
  void a_reset_past_the_deadline_is_told_at_once() {
    answers(paced(list(), "0", Duration.ofMinutes(3)));
    try (PierflowClient client = client()) {
      client.listPackages(ORGANIZATION);

      DeadlineExceededException late =
          catchThrowableOfType(
              DeadlineExceededException.class, () -> client.listPackages(ORGANIZATION));

      assertThat(late.kind()).isEqualTo(Kind.QUEUE);
      assertThat(late.isRetryable()).isTrue();
    }
    assertThat(requests()).hasSize(1);
    assertThat(time.passed()).isZero();
  }

  @Test
  void a_reset_far_away_is_waited_for_five_minutes_and_then_asked_about() {
    answers(paced(list(), "0", Duration.ofDays(365)), list());
    try (PierflowClient client = client()) {
      client.listPackages(ORGANIZATION);
      client.listPackages(
          ORGANIZATION, PackageStatus.READY, CallOptions.defaults().deadline(Duration.ofHours(1)));
    }
    assertThat(time.waits()).containsExactly(Duration.ofMinutes(5));
  }

  @Test
  void retry_after_counts_in_seconds_and_as_a_date() {
    answers(json(429, "{\"error\":\"RATE_LIMITED\"}").withHeader("Retry-After", "7"), list());
    try (PierflowClient client = client()) {
      client.listPackages(ORGANIZATION);
    }
    // Up to a tenth comes on top, so that not all are back at once.
    assertThat(time.passed()).isEqualTo(Duration.ofMillis(7_350));

    Duration before = time.passed();
    server.resetAll();
    answers(json(429, "").withHeader("Retry-After", "Tue, 02 Jun 2026 08:01:00 GMT"), list());
    try (PierflowClient client = client()) {
      client.listPackages(ORGANIZATION);
    }
    assertThat(time.passed().minus(before))
        .isBetween(Duration.ofSeconds(52), Duration.ofSeconds(56));
  }

  @Test
  void a_429_without_retry_after_says_it_by_the_reset() {
    answers(paced(json(429, ""), "0", Duration.ofSeconds(20)), list());
    try (PierflowClient client = client()) {
      client.listPackages(ORGANIZATION);
    }
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(21));
  }

  @Test
  void a_429_closes_the_gate_for_every_call_of_the_client() {
    answers(json(429, "{\"error\":\"RATE_LIMITED\"}").withHeader("Retry-After", "150"));
    try (PierflowClient client = client()) {
      RateLimitedException refused =
          catchThrowableOfType(RateLimitedException.class, () -> client.listPackages(ORGANIZATION));
      assertThat(refused.retryAfter()).contains(Duration.ofSeconds(150));
      assertThat(refused.errorCode()).contains("RATE_LIMITED");
      assertThat(time.passed()).isZero();

      server.resetAll();
      answers(list());
      client.listPackages(
          ORGANIZATION, PackageStatus.READY, CallOptions.defaults().deadline(Duration.ofHours(1)));
    }
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(150));
  }

  @Test
  void storage_has_no_part_in_pierflows_quota() {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(paced(link(storage.url(FILE), sha256(ZIP)), "0", Duration.ofSeconds(30)), list());
    try (PierflowClient client = client()) {
      client.download(pkg, folder);
      assertThat(time.passed()).isZero();

      client.listPackages(ORGANIZATION);
      assertThat(time.passed()).isEqualTo(Duration.ofSeconds(30));
    }
  }
}
