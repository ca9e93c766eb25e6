package health.ferry.core.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.IntegrityException;
import health.ferry.core.Secret;
import health.ferry.core.internal.call.Authorization;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Deadline;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.internal.time.Time;
import health.ferry.core.testing.VirtualTime;
import health.ferry.testkit.Canary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One token for everybody, kept as long as it is good, fetched once. */
class TokenAuthorizerTest {

  private static final int CALLERS = 16;

  private final AtomicInteger fetches = new AtomicInteger();

  private AccessToken token(@Nullable Duration lifetime) {
    Secret value = Secret.of(Canary.SECRET + "-token-" + fetches.incrementAndGet());
    return new AccessToken(value, Optional.ofNullable(lifetime), Optional.empty());
  }

  @Test
  void a_token_of_five_seconds_is_used_for_four_and_a_half() {
    VirtualTime time = new VirtualTime();
    TokenAuthorizer authorizer = new TokenAuthorizer(call -> token(Duration.ofSeconds(5)));
    Authorization first = authorized(authorizer, time);

    time.pass(Duration.ofMillis(4_499));
    assertThat(authorized(authorizer, time)).isEqualTo(first);
    time.pass(Duration.ofMillis(1));
    assertThat(authorized(authorizer, time)).isNotEqualTo(first);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void the_margin_of_a_long_token_is_thirty_seconds() {
    VirtualTime time = new VirtualTime();
    TokenAuthorizer authorizer = new TokenAuthorizer(call -> token(Duration.ofHours(1)));
    authorized(authorizer, time);

    time.pass(Duration.ofSeconds(3_569));
    authorized(authorizer, time);
    assertThat(fetches).hasValue(1);
    time.pass(Duration.ofSeconds(1));
    authorized(authorizer, time);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void the_lifetime_counts_from_the_request_for_the_token() {
    VirtualTime time = new VirtualTime();
    TokenAuthorizer authorizer =
        new TokenAuthorizer(
            call -> {
              time.pass(Duration.ofSeconds(4));
              return token(Duration.ofSeconds(5));
            });
    authorized(authorizer, time);

    time.pass(Duration.ofMillis(500));
    authorized(authorizer, time);

    assertThat(fetches).hasValue(2);
  }

  @Test
  void a_token_without_a_lifetime_is_kept_until_it_is_refused() {
    VirtualTime time = new VirtualTime();
    TokenAuthorizer authorizer = new TokenAuthorizer(call -> token(null));
    Authorization first = authorized(authorizer, time);

    time.pass(Duration.ofDays(1_000));
    assertThat(authorized(authorizer, time)).isEqualTo(first);
    assertThat(authorizer.rejected(first)).isTrue();
    assertThat(authorized(authorizer, time)).isNotEqualTo(first);
  }

  @Test
  void a_refusal_of_an_older_token_leaves_the_newer_one_alone() {
    VirtualTime time = new VirtualTime();
    TokenAuthorizer authorizer = new TokenAuthorizer(call -> token(null));
    Authorization first = authorized(authorizer, time);
    authorizer.rejected(first);
    Authorization second = authorized(authorizer, time);

    authorizer.rejected(first);

    assertThat(authorized(authorizer, time)).isEqualTo(second);
  }

  @Test
  void many_threads_cause_one_fetch() throws InterruptedException {
    Crowd crowd = new Crowd();
    TokenAuthorizer authorizer =
        new TokenAuthorizer(
            call -> {
              crowd.awaitWaiting(CALLERS - 1);
              return token(null);
            });

    crowd.run(CALLERS, authorizer);

    assertThat(fetches).hasValue(1);
    assertThat(crowd.tokens).hasSize(CALLERS);
    assertThat(crowd.tokens.stream().distinct()).hasSize(1);
  }

  @Test
  void a_failed_fetch_fails_for_all_who_waited_and_is_not_remembered() throws InterruptedException {
    Crowd crowd = new Crowd();
    TokenAuthorizer authorizer =
        new TokenAuthorizer(
            call -> {
              if (fetches.get() > 0) {
                return token(null);
              }
              fetches.incrementAndGet();
              crowd.awaitWaiting(CALLERS - 1);
              throw new IntegrityException(call.info(), "no token today", null);
            });

    crowd.run(CALLERS, authorizer);

    assertThat(fetches).hasValue(1);
    assertThat(crowd.failures).hasSize(CALLERS).hasOnlyElementsOfType(IntegrityException.class);
    authorized(authorizer, SystemTime.INSTANCE);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void a_leader_that_was_cancelled_does_not_fail_the_others() throws InterruptedException {
    Crowd crowd = new Crowd();
    TokenAuthorizer authorizer =
        new TokenAuthorizer(
            call -> {
              if (fetches.get() > 0) {
                return token(null);
              }
              fetches.incrementAndGet();
              crowd.awaitWaiting(CALLERS - 1);
              throw new CancelledException(call.info(), "the caller cancelled it", null);
            });

    crowd.run(CALLERS, authorizer);

    assertThat(crowd.failures).hasSize(1).hasOnlyElementsOfType(CancelledException.class);
    assertThat(crowd.tokens).hasSize(CALLERS - 1);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void a_cancelled_waiter_leaves_while_the_fetch_goes_on() throws InterruptedException {
    CountDownLatch fetching = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    TokenAuthorizer authorizer =
        new TokenAuthorizer(
            call -> {
              fetching.countDown();
              await(answer);
              return token(null);
            });
    Crowd crowd = new Crowd();
    Thread leader = crowd.start(authorizer);
    assertThat(fetching.await(10, TimeUnit.SECONDS)).isTrue();
    Cancellation cancellation = new Cancellation();
    cancellation.cancel();

    assertThatThrownBy(() -> authorizer.authorize(call(SystemTime.INSTANCE, cancellation)))
        .isInstanceOf(CancelledException.class);
    answer.countDown();
    leader.join(10_000);

    assertThat(crowd.tokens).hasSize(1);
  }

  @Test
  void prints_no_token() {
    TokenAuthorizer authorizer = new TokenAuthorizer(call -> token(Duration.ofHours(1)));
    Authorization held = authorized(authorizer, new VirtualTime());

    assertThat(held.value().reveal()).isEqualTo("Bearer " + Canary.SECRET + "-token-1");
    Canary.assertAbsent(held);
    Canary.assertAbsent(authorizer);
    Canary.assertAbsent(token(null));
    Canary.assertAbsent(HeldToken.of(token(null), 0));
  }

  private static Authorization authorized(TokenAuthorizer authorizer, Time time) {
    return authorizer.authorize(call(time, new Cancellation())).orElseThrow();
  }

  private static CallContext call(Time time, Cancellation cancellation) {
    return new CallContext(
        CallInfo.of("Partner", "read"),
        time,
        Deadline.in(Duration.ofSeconds(20), time),
        cancellation,
        null);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  /** Callers on threads of their own. */
  private static final class Crowd {
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Authorization> tokens = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();

    void run(int callers, TokenAuthorizer authorizer) throws InterruptedException {
      synchronized (threads) {
        for (int caller = 0; caller < callers; caller++) {
          start(authorizer);
        }
      }
      for (Thread thread : threads) {
        thread.join(20_000);
        assertThat(thread.isAlive()).isFalse();
      }
    }

    Thread start(TokenAuthorizer authorizer) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  tokens.add(authorized(authorizer, SystemTime.INSTANCE));
                } catch (RuntimeException failed) {
                  failures.add(failed);
                }
              },
              "caller");
      threads.add(thread);
      thread.start();
      return thread;
    }

    void awaitWaiting(int count) {
      long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      synchronized (threads) {
        while (threads.stream().filter(Crowd::waits).count() < count) {
          assertThat(System.nanoTime()).as("time to come").isLessThan(end);
          Thread.onSpinWait();
        }
      }
    }

    private static boolean waits(Thread thread) {
      return thread.getState() == Thread.State.TIMED_WAITING;
    }
  }
}
