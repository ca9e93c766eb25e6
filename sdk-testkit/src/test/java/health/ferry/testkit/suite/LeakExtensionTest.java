package health.ferry.testkit.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The leak extension, seen from a run of its own. */
class LeakExtensionTest {

  /** What the inner runs have left behind. */
  private static final Deque<AutoCloseable> LEFT = new ArrayDeque<>();

  @AfterEach
  void clean_up() throws Exception {
    while (!LEFT.isEmpty()) {
      LEFT.pop().close();
    }
  }

  @Test
  void fails_a_test_that_leaves_a_busy_thread() {
    assertThat(InnerRun.failuresOf(LeavesThread.class))
        .singleElement()
        .asString()
        .startsWith("test ")
        .contains("thread ferry-busy");
  }

  @Test
  void fails_a_class_that_leaves_an_idle_pool() {
    assertThat(InnerRun.failuresOf(LeavesPool.class))
        .singleElement()
        .asString()
        .startsWith("class ")
        .contains("thread ferry-pool");
  }

  @Test
  void lets_a_pool_live_as_long_as_its_class() {
    assertThat(InnerRun.failuresOf(ClosesPool.class)).isEmpty();
  }

  @Test
  void fails_a_test_that_leaves_a_transfer_file_open() {
    assumeThat(Files.isDirectory(Path.of("/proc/self/fd"))).as("a system with /proc").isTrue();
    assertThat(InnerRun.failuresOf(LeavesFile.class))
        .singleElement()
        .asString()
        .startsWith("test ")
        .contains("Patient-1.ndjson.part");
  }

  @Test
  void fails_a_test_in_which_okhttp_complains() {
    assertThat(InnerRun.failuresOf(Complains.class))
        .singleElement()
        .asString()
        .contains("A connection to http://127.0.0.1/ was leaked");
  }

  private static ExecutorService pool() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "ferry-pool");
          thread.setDaemon(true);
          return thread;
        });
  }

  static class LeavesThread {
    @Test
    void leaves_a_thread() {
      CountDownLatch end = new CountDownLatch(1);
      Thread thread =
          new Thread(
              () -> {
                try {
                  end.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "ferry-busy");
      thread.start();
      LEFT.push(
          () -> {
            end.countDown();
            thread.join();
          });
    }
  }

  static class LeavesPool {
    @Test
    void leaves_a_pool() throws Exception {
      ExecutorService pool = pool();
      pool.submit(() -> "done").get();
      LEFT.push(pool::shutdownNow);
    }
  }

  static class ClosesPool {
    private static final ExecutorService POOL = pool();

    @Test
    void uses_the_pool() throws Exception {
      assertThat(POOL.submit(() -> "done").get()).isEqualTo("done");
    }

    @AfterAll
    static void close() {
      POOL.shutdownNow();
    }
  }

  static class LeavesFile {
    @Test
    void leaves_a_file(@TempDir Path folder) throws IOException {
      Path file = Files.writeString(folder.resolve("Patient-1.ndjson.part"), "{}");
      InputStream in = Files.newInputStream(file);
      LEFT.push(in);
    }
  }

  static class Complains {
    @Test
    void leaves_a_response_body() {
      Logger.getLogger("okhttp3.OkHttpClient")
          .log(Level.WARNING, "A connection to http://127.0.0.1/ was leaked. Did you forget?");
    }
  }
}
