package health.ferry.pierflow;

import health.ferry.core.FerryException;
import health.ferry.core.internal.poll.Listeners;
import health.ferry.core.internal.retry.Backoff;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Jitter;
import health.ferry.core.internal.time.Signal;
import health.ferry.core.internal.time.Time;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports again and again: at once, then once a period, and whenever somebody wakes it, such as the
 * receiver of the webhook {@code import_package.ready}.
 *
 * <pre>{@code
 * PackageWatcher watcher = pierflow.watch(organization, directory, handler, options -> options);
 * webhooks.handle(headers, body, event -> watcher.wake());
 * }</pre>
 *
 * <p>After a run that failed, or left something that another try may finish, the next one comes
 * earlier: after a minute at first, then after waits that double up to the period.
 *
 * <p>Thread-safe. Holds one thread of the client's until it is closed.
 */
public final class PackageWatcher implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(PackageWatcher.class);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration FIRST_BACKOFF = Duration.ofMinutes(1);

  /** The share of the period by which a wait may differ from it, either way. */
  private static final double SPREAD = 0.1;

  private final Function<Cancellation, ImportReport> importAll;
  private final WatchOptions options;
  private final Time time;
  private final Jitter jitter;
  private final Backoff backoff;
  private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
  private final Cancellation cancellation = new Cancellation();
  private Signal woken = new Signal();

  private PackageWatcher(
      Function<Cancellation, ImportReport> importAll,
      WatchOptions options,
      Time time,
      Jitter jitter) {
    this.importAll = importAll;
    this.options = options;
    this.time = time;
    this.jitter = jitter;
    this.backoff = new Backoff(FIRST_BACKOFF, options.period(), jitter);
  }

  /**
   * Begins to watch.
   *
   * @param importAll one run, which the cancellation stops
   */
  static PackageWatcher start(
      Function<Cancellation, ImportReport> importAll,
      WatchOptions options,
      Time time,
      Jitter jitter,
      Executor threads) {
    PackageWatcher watcher = new PackageWatcher(importAll, options, time, jitter);
    threads.execute(watcher::watch);
    return watcher;
  }

  /** Lets the next run come now; one that is under way is followed by another. */
  public synchronized void wake() {
    woken.fire();
  }

  /**
   * Ends when the watcher has ended: some time after {@link #close()}, when the patient that was
   * being handled has an outcome, or when the handler threw an {@link Error}, with that.
   *
   * @return the end to come; cancelling it does nothing to the watcher
   */
  public CompletableFuture<@Nullable Void> ended() {
    return ended.copy();
  }

  /** Lets nothing more begin, and stops what runs after the patient that is being handled. */
  @Override
  public void close() {
    cancellation.cancel();
    wake();
  }

  private void watch() {
    try {
      int failures = 0;
      boolean undisturbed = true;
      // Armed before the look at the cancellation, so that no close falls between the two.
      for (rearm(); undisturbed && !cancellation.isCancelled(); rearm()) {
        failures = runOnce() ? 0 : failures + 1;
        undisturbed = waitFor(pause(failures));
      }
      ended.complete(null);
    } catch (Error thrown) {
      ended.completeExceptionally(thrown);
      throw thrown;
    }
  }

  /** Whoever wakes it from now on gets a run that begins afterwards. */
  private synchronized void rearm() {
    if (woken.isFired()) {
      woken = new Signal();
    }
  }

  private synchronized Signal woken() {
    return woken;
  }

  /** Whether nothing is left that an earlier try than the next one's would help. */
  private boolean runOnce() {
    try {
      ImportReport report = importAll.apply(cancellation);
      report.stopped().ifPresent(why -> log.warn("An import ended early: {}", why.getMessage()));
      Listeners.tell(options.reader(), report);
      return report.stopped().isEmpty()
          && report.packages().stream()
              .flatMap(one -> one.failure().stream())
              .noneMatch(FerryException::isRetryable);
    } catch (RuntimeException failed) {
      log.warn(
          "An import failed: {}",
          failed instanceof FerryException ? failed.getMessage() : failed.getClass().getName());
      Listeners.tell(options.failures(), failed);
      return false;
    }
  }

  private Duration pause(int failures) {
    Duration period = options.period();
    if (failures == 0) {
      double share = 1 - SPREAD + 2 * SPREAD * jitter.next();
      return Duration.ofNanos((long) (period.toNanos() * share));
    }
    Duration soon = SHORTEST_PAUSE.plus(backoff.after(failures));
    return soon.compareTo(period) < 0 ? soon : period;
  }

  /** False when the thread is wanted back. */
  private boolean waitFor(Duration pause) {
    try {
      time.await(woken(), pause.toNanos());
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
