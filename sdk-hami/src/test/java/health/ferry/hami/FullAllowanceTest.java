package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Secret;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.HamiAnswer;
import health.ferry.testkit.HamiPartner;
import health.ferry.testkit.HamiTransaction;
import health.ferry.testkit.PartnerSandbox;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 300 bundles to a server whose windows slide: never one too many, and hardly one too few. The
 * client's time moves the server's clock, so three minutes take seconds.
 */
class FullAllowanceTest {

  private static final int BUNDLES = 300;

  private final VirtualTime time = new VirtualTime();
  private PartnerSandbox sandbox;
  private HamiPartner partner;

  @BeforeEach
  void start() {
    sandbox = PartnerSandbox.start();
    partner = sandbox.hami();
    partner.stopClock();
    time.alsoMoves(partner::moveClock);
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  private HamiClient client() {
    return HamiClient.builder(partner.baseUrl(), partner.groupId(), Secret.of(partner.apiKey()))
        .time(time, () -> 0.5)
        .build();
  }

  /** How many came in the minute that begins so long after the first. */
  private long inTheMinuteFrom(Duration begin) {
    List<HamiTransaction> all = partner.transactions();
    long from = all.get(0).nanos() + begin.toNanos();
    return all.stream()
        .filter(one -> one.nanos() >= from && one.nanos() < from + 60_000_000_000L)
        .count();
  }

  @Test
  void no_429_and_the_whole_allowance_of_every_minute() {
    try (HamiClient client = client()) {
      IngestionReport report = client.submitAll(MadeUpResources.ofPatients(BUNDLES));

      assertThat(report.accepted()).isEqualTo(BUNDLES);
    }
    assertThat(partner.throttled()).isZero();
    assertThat(partner.requests()).hasSize(BUNDLES);
    assertThat(partner.greatestInASecond()).isEqualTo(10);
    assertThat(partner.greatestInAMinute()).isEqualTo(100);
    for (int minute = 0; minute < 3; minute++) {
      assertThat(inTheMinuteFrom(Duration.ofMinutes(minute).plusNanos(minute)))
          .as("minute %d", minute)
          .isGreaterThanOrEqualTo(98);
    }
    assertThat(time.passed()).isLessThan(Duration.ofSeconds(2 * 60 + 10));
  }

  @Test
  void a_429_from_nowhere_costs_the_time_it_names_and_no_bundle() {
    partner.script(ControlAnswer.asUsual(), HamiAnswer.tooManyRequests(Duration.ofSeconds(30)));
    try (HamiClient client = client()) {
      assertThat(client.submitAll(MadeUpResources.ofPatients(5)).orThrow().accepted()).isEqualTo(5);
    }
    assertThat(partner.throttled()).isZero();
    assertThat(partner.requests()).hasSize(6);
    assertThat(time.passed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(33));
  }
}
