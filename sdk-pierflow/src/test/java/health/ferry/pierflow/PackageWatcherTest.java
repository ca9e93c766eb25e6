package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.ConfigurationException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A watcher imports at once, every day, when it is woken, and sooner after a failure. */
class PackageWatcherTest extends ImportTest {

  private static final PatientHandler IMPORTING = patient -> PatientOutcome.imported();
  private static final Duration DAY = Duration.ofDays(1);

  private final VirtualTime time = new VirtualTime();
  private final BlockingQueue<Object> news = new LinkedBlockingQueue<>();

  private Object next() throws InterruptedException {
    Object next = news.poll(30, TimeUnit.SECONDS);
    assertThat(next).as("nothing came").isNotNull();
    return next;
  }

  private static void awaitEnd(PackageWatcher watcher) throws Exception {
    watcher.ended().get(30, TimeUnit.SECONDS);
  }

  /** Watches in virtual time until so many runs have ended, and gives the waits between them. */
  private List<Duration> waits(
      int runs, double chance, PatientHandler handler, UnaryOperator<WatchOptions> options)
      throws Exception {
    AtomicInteger left = new AtomicInteger(runs);
    CountDownLatch made = new CountDownLatch(1);
    PackageWatcher[] watcher = new PackageWatcher[1];
    Runnable count =
        () -> {
          if (left.decrementAndGet() == 0) {
            await(made);
            watcher[0].close();
          }
        };
    try (PierflowClient patient =
        PierflowClient.builder(partner.baseUrl(), Secret.of(partner.apiKey()))
            .time(time, () -> chance)
            .build()) {
      watcher[0] =
          patient.watch(
              partner.organizationId(),
              directory,
              remembering(handler),
              defaults ->
                  options
                      .apply(defaults)
                      .onReport(report -> count.run())
                      .onFailure(
                          failed -> {
                            news.add(failed);
                            count.run();
                          }));
      made.countDown();
      awaitEnd(watcher[0]);
    }
    // Waits between the attempts of one call are much shorter.
    return time.waits().stream().filter(wait -> wait.compareTo(Duration.ofSeconds(5)) > 0).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, PT21H36M", "0.5, PT24H", "0.999999999, PT26H24M"})
  void imports_at_once_and_then_once_a_day_give_or_take_a_tenth(double chance, Duration period)
      throws Exception {
    List<Duration> waits = waits(3, chance, IMPORTING, options -> options);

    assertThat(waits)
        .hasSize(2)
        .allSatisfy(wait -> assertThat(wait).isCloseTo(period, Duration.ofSeconds(1)));
    assertThat(handed).hasSize(PATIENTS);
    assertThat(partner.acknowledgements()).hasSize(1);
  }

  @Test
  void after_failures_it_comes_sooner_then_ever_later_and_never_later_than_the_period()
      throws Exception {
    partner.script(PierflowOperation.LIST, 12, ControlAnswer.status(503));

    assertThat(waits(6, 0.5, IMPORTING, options -> options.every(Duration.ofMinutes(3))))
        .containsExactly(
            Duration.ofSeconds(40),
            Duration.ofSeconds(70),
            Duration.ofSeconds(100),
            Duration.ofSeconds(100),
            Duration.ofMinutes(3));
    assertThat(partner.acknowledgements()).hasSize(1);
  }

  @Test
  void an_acknowledgement_without_an_answer_is_no_matter_for_tomorrow() throws Exception {
    partner.script(PierflowOperation.ACKNOWLEDGE, 3, ControlAnswer.status(503));

    assertThat(waits(3, 0.5, IMPORTING, options -> options))
        .containsExactly(Duration.ofSeconds(40), DAY);
    assertThat(partner.acknowledgements()).hasSize(1);
    assertThat(handed).hasSize(PATIENTS);
  }

  @Test
  void a_package_that_is_broken_for_good_is_looked_at_again_tomorrow() throws Exception {
    partner.serve(new byte[] {1, 2, 3});

    assertThat(waits(3, 0.5, IMPORTING, options -> options)).containsExactly(DAY, DAY);
  }

  @Test
  void a_run_without_a_report_is_told_and_the_next_one_comes() throws Exception {
    Files.writeString(directory, "a file");

    assertThat(waits(2, 0.5, IMPORTING, options -> options))
        .containsExactly(Duration.ofSeconds(40));
    assertThat(news).hasSize(2).hasOnlyElementsOfType(InvalidInputException.class);
  }

  @Test
  void woken_it_imports_what_has_come_meanwhile() throws Exception {
    try (PackageWatcher watcher =
        client.watch(
            partner.organizationId(),
            directory,
            IMPORTING,
            options -> options.onReport(news::add))) {
      assertThat(((ImportReport) next()).packages()).hasSize(1);
      partner.buildPackage(List.of(PackageContent.bundle("pat_new")));
      watcher.wake();

      assertThat(((ImportReport) next()).packages()).hasSize(2);
      watcher.close();
      awaitEnd(watcher);
    }
    assertThat(partner.acknowledgements()).hasSize(2);
  }

  @Test
  void woken_while_it_imports_it_imports_once_more() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch woken = new CountDownLatch(1);
    try (PackageWatcher watcher =
        client.watch(
            partner.organizationId(),
            directory,
            patient -> {
              handling.countDown();
              await(woken);
              return PatientOutcome.imported();
            },
            options -> options.onReport(news::add))) {
      await(handling);
      watcher.wake();
      watcher.wake();
      woken.countDown();

      assertThat(((ImportReport) next()).packages().get(0).isEarlier()).isFalse();
      assertThat(((ImportReport) next()).packages().get(0).isEarlier()).isTrue();
      assertThat(news).isEmpty();
    }
  }

  @Test
  void closed_it_ends_after_the_patient_that_is_handled() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    PackageWatcher watcher =
        client.watch(
            partner.organizationId(),
            directory,
            patient -> {
              handling.countDown();
              await(closed);
              return PatientOutcome.imported();
            },
            options -> options.onReport(news::add));
    await(handling);
    watcher.close();
    assertThat(watcher.ended()).isNotDone();
    closed.countDown();

    awaitEnd(watcher);
    assertThat(((ImportReport) next()).imported()).isEqualTo(1);
    assertThat(partner.acknowledgements()).isEmpty();
  }

  @Test
  void closing_the_client_ends_it_too() throws Exception {
    PackageWatcher watcher =
        client.watch(
            partner.organizationId(), directory, IMPORTING, options -> options.onReport(news::add));
    next();
    client.close();
    awaitEnd(watcher);
  }

  @Test
  void an_error_of_the_handler_ends_it_with_that() {
    AssertionError bug = new AssertionError("bug");
    try (PackageWatcher watcher =
        client.watch(
            partner.organizationId(),
            directory,
            patient -> {
              throw bug;
            },
            options -> options)) {
      assertThatThrownBy(() -> awaitEnd(watcher))
          .isInstanceOf(ExecutionException.class)
          .hasCause(bug);
    }
  }

  @Test
  void the_imports_options_are_those_of_each_run() throws Exception {
    assertThat(
            waits(2, 0.5, IMPORTING, options -> options.importing(each -> each.acknowledge(false))))
        .containsExactly(DAY);
    assertThat(partner.acknowledgements()).isEmpty();
  }

  @Test
  void a_period_is_from_one_second_to_seven_days() throws IOException {
    WatchOptions options = WatchOptions.defaults();
    for (Duration good : List.of(Duration.ofSeconds(1), Duration.ofDays(7))) {
      assertThat(options.every(good).period()).isEqualTo(good);
    }
    for (Duration bad : List.of(Duration.ofMillis(999), Duration.ofDays(7).plusNanos(1))) {
      assertThatThrownBy(() -> options.every(bad))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("every: must be from one second to seven days");
    }
  }
}
