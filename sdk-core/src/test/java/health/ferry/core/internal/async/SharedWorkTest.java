package health.ferry.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.internal.time.Cancellation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work shared between the caller and its helpers ends, whatever the executor can spare. */
@Timeout(30)
class SharedWorkTest {

  private final ExecutorService pool = Executors.newFixedThreadPool(8);
  private final Cancellation cancellation = new Cancellation();
  private final AtomicInteger done = new AtomicInteger();

  @AfterEach
  void close() {
    pool.shutdownNow();
  }

  private static List<Runnable> times(int count, Runnable task) {
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(task);
    }
    return tasks;
  }

  @Test
  void runs_as_many_at_once_as_allowed() {
    // Passes only when four tasks meet.
    CyclicBarrier four = new CyclicBarrier(4);
    Runnable task =
        () -> {
          await(four);
          done.incrementAndGet();
        };

    SharedWork.run(times(40, task), 4, pool, cancellation);

    assertThat(done).hasValue(40);
  }

  @Test
  void never_runs_more_at_once_than_allowed() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Runnable task =
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          Thread.onSpinWait();
          running.decrementAndGet();
          done.incrementAndGet();
        };

    SharedWork.run(times(2_000, task), 3, pool, cancellation);

    assertThat(done).hasValue(2_000);
    assertThat(most.get()).isBetween(1, 3);
  }

  @Test
  void an_executor_that_rejects_leaves_the_work_to_the_caller() {
    SharedWork.run(
        times(10, done::incrementAndGet),
        4,
        task -> {
          throw new RejectedExecutionException("no room");
        },
        cancellation);

    assertThat(done).hasValue(10);
  }

  @Test
  void a_pool_of_one_thread_does_not_wait_for_itself() throws Exception {
    ExecutorService single = Executors.newSingleThreadExecutor();
    try {
      Future<?> outer =
          single.submit(
              () -> SharedWork.run(times(10, done::incrementAndGet), 4, single, cancellation));
      outer.get(10, TimeUnit.SECONDS);
    } finally {
      single.shutdownNow();
    }

    assertThat(done).hasValue(10);
  }

  @Test
  void an_executor_that_runs_on_the_calling_thread_works_too() {
    SharedWork.run(times(10, done::incrementAndGet), 4, Runnable::run, cancellation);

    assertThat(done).hasValue(10);
  }

  @Test
  void no_task_is_no_work() {
    SharedWork.run(List.of(), 4, pool, cancellation);

    assertThat(cancellation.isCancelled()).isFalse();
  }

  @Test
  void the_first_failure_stops_the_others_and_is_thrown() {
    CountDownLatch stopped = new CountDownLatch(1);
    IllegalStateException failure = new IllegalStateException("first");
    List<Runnable> tasks = new ArrayList<>();
    CyclicBarrier both = new CyclicBarrier(2);
    tasks.add(
        () -> {
          await(both);
          throw failure;
        });
    tasks.add(
        () -> {
          cancellation.onCancel(stopped::countDown);
          await(both);
          assertThat(await(stopped)).isTrue();
        });
    tasks.addAll(times(100, done::incrementAndGet));

    assertThatThrownBy(() -> SharedWork.run(tasks, 2, pool, cancellation)).isSameAs(failure);

    assertThat(cancellation.isCancelled()).isTrue();
    assertThat(done).hasValue(0);
  }

  @Test
  void an_error_on_a_helper_is_not_lost() {
    CyclicBarrier both = new CyclicBarrier(2);
    Thread caller = Thread.currentThread();
    LinkageError broken = new LinkageError("a class is missing");
    Runnable task =
        () -> {
          await(both);
          if (Thread.currentThread() != caller) {
            throw broken;
          }
        };

    assertThatThrownBy(() -> SharedWork.run(times(2, task), 2, pool, cancellation))
        .isSameAs(broken);
  }

  @Test
  void an_interrupt_cancels_the_helpers_and_keeps_the_flag() {
    CountDownLatch helperRuns = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    List<Runnable> tasks =
        times(
            2,
            () -> {
              if (Thread.currentThread() == caller) {
                assertThat(await(helperRuns)).isTrue();
                caller.interrupt();
              } else {
                cancellation.onCancel(cancelled::countDown);
                helperRuns.countDown();
                assertThat(await(cancelled)).isTrue();
              }
            });

    SharedWork.run(tasks, 2, pool, cancellation);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(cancellation.isCancelled()).isTrue();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
