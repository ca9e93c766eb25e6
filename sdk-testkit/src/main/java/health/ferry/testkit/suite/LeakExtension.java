package health.ferry.testkit.suite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test that leaves something behind: a busy or non-daemon thread named {@code ferry-…}, an
 * open {@code .part}, {@code .ndjson}, {@code .zip} or {@code .tmp} file (Linux), or an OkHttp
 * response that nobody closed. What a class's own client may keep between its tests, idle daemon
 * threads of a pool, must be gone when the class ends. What was there before the class is not
 * counted, and nothing is reported twice. Threads and files have 2 seconds to go.
 */
public final class LeakExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(LeakExtension.class);
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LOOK_AGAIN_MILLIS = 20;

  /** For JUnit. */
  public LeakExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    leaks(context);
    Known known = new Known();
    known.threads.addAll(FerryThreads.alive());
    known.files.addAll(OpenFiles.now());
    context.getStore(NAMESPACE).put(Known.class, known);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException, InterruptedException {
    check(context, thread -> !FerryThreads.isIdleDaemon(thread), "test");
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException, InterruptedException {
    // OkHttp learns of a forgotten body from the collector, and says so when it next cleans up.
    System.gc();
    check(context, thread -> true, "class");
  }

  private static void check(ExtensionContext context, Predicate<Thread> counts, String scope)
      throws IOException, InterruptedException {
    Known known = context.getStore(NAMESPACE).getOrDefault(Known.class, Known.class, new Known());
    long end = System.nanoTime() + GRACE_NANOS;
    Set<Thread> threads = newThreads(known, counts);
    Set<String> files = newFiles(known);
    while (!(threads.isEmpty() && files.isEmpty()) && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN_MILLIS);
      threads = newThreads(known, counts);
      files = newFiles(known);
    }
    known.threads.addAll(threads);
    known.files.addAll(files);
    List<String> found = new ArrayList<>();
    threads.forEach(thread -> found.add("thread " + thread.getName() + " " + thread.getState()));
    files.forEach(file -> found.add("open file " + file));
    leaks(context).take().forEach(complaint -> found.add("OkHttp: " + complaint));
    if (!found.isEmpty()) {
      throw new AssertionError(
          "%s %s leaves behind: %s".formatted(scope, context.getDisplayName(), found));
    }
  }

  private static Set<Thread> newThreads(Known known, Predicate<Thread> counts) {
    Set<Thread> alive = FerryThreads.alive();
    alive.removeAll(known.threads);
    alive.removeIf(counts.negate());
    return alive;
  }

  private static Set<String> newFiles(Known known) throws IOException {
    Set<String> open = OpenFiles.now();
    open.removeAll(known.files);
    return open;
  }

  private static ConnectionLeaks leaks(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(
            ConnectionLeaks.class, key -> new ConnectionLeaks(), ConnectionLeaks.class);
  }

  /** What was there before the class, and what was complained of once. */
  private static final class Known {
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final Set<String> files = ConcurrentHashMap.newKeySet();
  }
}
