package health.ferry.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where asynchronous calls run, and what becomes of them when the client is closed. */
@Timeout(30)
class ClientThreadsTest {

  @Test
  void makes_daemon_threads_named_after_the_client() {
    try (ClientThreads threads = new ClientThreads(Optional.empty(), "ferry-test")) {
      Thread worker = CancellableFuture.run(threads, cancellation -> Thread.currentThread()).join();

      assertThat(worker.getName()).isEqualTo("ferry-test-1");
      assertThat(worker.isDaemon()).isTrue();
    }
  }

  @Test
  void takes_the_caller_s_executor_and_leaves_it_open() {
    List<Runnable> given = new ArrayList<>();
    try (ClientThreads threads = new ClientThreads(Optional.of(given::add), "ferry-test")) {
      threads.execute(() -> {});
    }

    assertThat(given).hasSize(1);
  }

  @Test
  void closing_interrupts_what_runs_and_cancels_what_waits() throws InterruptedException {
    ClientThreads threads = new ClientThreads(Optional.empty(), "ferry-test");
    CountDownLatch running = new CountDownLatch(ClientThreads.THREADS);
    List<CompletableFuture<String>> busy = new ArrayList<>();
    for (int thread = 0; thread < ClientThreads.THREADS; thread++) {
      busy.add(CancellableFuture.run(threads, cancellation -> untilInterrupted(running)));
    }
    assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
    CompletableFuture<String> waiting = CancellableFuture.run(threads, cancellation -> "late");

    threads.close();

    assertThat(busy).allSatisfy(future -> assertThat(future.join()).isEqualTo("interrupted"));
    assertThatThrownBy(waiting::join).isInstanceOf(CancellationException.class);
  }

  @Test
  void a_failure_is_the_future_s_own() {
    IllegalStateException failure = new IllegalStateException("failed");

    CompletableFuture<String> future =
        CancellableFuture.run(
            Runnable::run,
            cancellation -> {
              throw failure;
            });

    assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasCause(failure);
  }

  @Test
  void cancelling_what_depends_on_a_call_leaves_the_call_alone() {
    CompletableFuture<String> call = CancellableFuture.run(task -> {}, cancellation -> "result");

    assertThat(call.thenApply(String::length).cancel(true)).isTrue();

    assertThat(call).isNotDone();
  }

  private static String untilInterrupted(CountDownLatch running) {
    running.countDown();
    try {
      new CountDownLatch(1).await();
      return "never";
    } catch (InterruptedException closed) {
      return "interrupted";
    }
  }
}
