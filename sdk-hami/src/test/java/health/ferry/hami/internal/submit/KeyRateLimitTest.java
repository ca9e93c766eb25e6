package health.ferry.hami.internal.submit;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Secret;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.limit.Permit;
import health.ferry.core.internal.time.Signal;
import health.ferry.core.internal.time.Time;
import health.ferry.testkit.Canary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Clients of one key share its limit, for as long as HAMI remembers their requests. */
class KeyRateLimitTest {

  private static final Origin HAMI = new Origin("https", "api.hami.health", 443);
  private static final Secret KEY = Secret.of(Canary.SECRET + "-one");

  private final Clock clock = new Clock();

  private static final class Clock implements Time {
    private long nanos;

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public boolean await(Signal signal, long wait) {
      nanos += wait;
      return signal.isFired();
    }
  }

  private KeyRateLimit join(Origin origin, Secret key) {
    return KeyRateLimit.of(origin, key, clock);
  }

  /** How many requests may go at once. */
  private static int burst(KeyRateLimit limit) {
    int sent = 0;
    for (Optional<Permit> permit = limit.limiter().tryAcquire();
        permit.isPresent();
        permit = limit.limiter().tryAcquire()) {
      permit.get().close();
      sent++;
    }
    return sent;
  }

  @Test
  void two_clients_of_a_key_have_ten_in_a_second_together() {
    try (KeyRateLimit one = join(HAMI, KEY);
        KeyRateLimit other = join(HAMI, Secret.of(Canary.SECRET + "-one"))) {
      assertThat(burst(one)).isEqualTo(10);
      assertThat(burst(other)).isZero();
    }
  }

  @Test
  void another_key_and_another_server_have_their_own() {
    try (KeyRateLimit one = join(HAMI, KEY);
        KeyRateLimit otherKey = join(HAMI, Secret.of(Canary.SECRET + "-two"));
        KeyRateLimit otherServer = join(new Origin("https", "hamiapi.bostonhealth.ai", 443), KEY)) {
      assertThat(burst(one)).isEqualTo(10);
      assertThat(burst(otherKey)).isEqualTo(10);
      assertThat(burst(otherServer)).isEqualTo(10);
    }
  }

  @Test
  void closed_and_made_again_it_may_not_send_more() {
    for (int second = 0; second < 10; second++) {
      try (KeyRateLimit again = join(HAMI, KEY)) {
        assertThat(burst(again)).as("second %d", second).isEqualTo(10);
      }
      try (KeyRateLimit again = join(HAMI, KEY)) {
        assertThat(burst(again)).isZero();
      }
      clock.nanos += Duration.ofSeconds(1).toNanos() + 1;
    }
    try (KeyRateLimit again = join(HAMI, KEY)) {
      assertThat(burst(again)).as("the minute is full").isZero();
    }
  }

  @Test
  void is_forgotten_when_nobody_uses_it_and_its_windows_are_empty() {
    KeyRateLimit one = join(HAMI, KEY);
    KeyRateLimit other = join(HAMI, KEY);
    burst(one);
    one.close();
    one.close();
    clock.nanos += Duration.ofMinutes(1).toNanos() + 1;
    sweep();
    assertThat(KeyRateLimit.isRemembered(HAMI, KEY, clock)).as("one closed twice is one").isTrue();

    burst(other);
    other.close();
    sweep();
    assertThat(KeyRateLimit.isRemembered(HAMI, KEY, clock)).as("just used").isTrue();

    clock.nanos += Duration.ofMinutes(1).toNanos() + 1;
    sweep();
    assertThat(KeyRateLimit.isRemembered(HAMI, KEY, clock)).isFalse();
  }

  /** Whoever comes or goes forgets what is over. */
  private void sweep() {
    join(new Origin("https", "other.example", 443), KEY).close();
  }
}
