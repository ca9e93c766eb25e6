package health.ferry.bulkfhir;

import health.ferry.core.FerryException;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.time.Cancellation;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what a job has finished while it still runs, beside the polling (M2). One lot at a time:
 * what is listed meanwhile belongs to the next. What cannot be had is no failure yet, since the
 * whole manifest lists it again.
 *
 * <p>Used by the thread that polls.
 */
final class EarlyDownloads implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EarlyDownloads.class);

  private final ExportDownloads downloads;
  private final int parallel;
  private final Executor threads;
  private final CallContext call;
  private final Cancellation own = new Cancellation();
  private final Cancellation.Registration callers;
  private final Map<String, Map<String, Long>> counts = new HashMap<>();
  private @Nullable Lot running;

  EarlyDownloads(ExportDownloads downloads, int parallel, Executor threads, CallContext call) {
    this.downloads = downloads;
    this.parallel = parallel;
    this.threads = threads;
    this.call = call.cancelledBy(own);
    this.callers = call.cancellation().onCancel(own::cancel);
  }

  /** Files under way; begun by whoever comes first, a thread of the pool or nobody. */
  private record Lot(AtomicBoolean begun, CompletableFuture<ExportDownloads.Outcome> outcome) {}

  /** Begins with what is missing of a plan, unless the last lot is still under way. */
  void offer(FilePlan plan) {
    if (running != null && !running.outcome().isDone()) {
      return;
    }
    collect();
    Lot lot = new Lot(new AtomicBoolean(), new CompletableFuture<>());
    try {
      threads.execute(() -> fetch(lot, plan));
      running = lot;
    } catch (RejectedExecutionException noRoom) {
      log.debug("No thread is free for files that are ready before the job's end");
    }
  }

  private void fetch(Lot lot, FilePlan plan) {
    if (lot.begun().getAndSet(true)) {
      return;
    }
    try {
      lot.outcome().complete(downloads.fetchMissing(plan, parallel, call));
    } catch (Throwable failed) {
      lot.outcome().completeExceptionally(failed);
    }
  }

  /** Waits for the lot that is under way and returns the counts of all files that came. */
  Map<String, Map<String, Long>> await() {
    collect();
    return counts;
  }

  private void collect() {
    Lot lot = running;
    running = null;
    // An executor that has no thread left would never begin: nobody waits for that.
    if (lot == null || !lot.begun().getAndSet(true)) {
      return;
    }
    try {
      counts.putAll(lot.outcome().join().counts());
    } catch (CompletionException failed) {
      if (!(failed.getCause() instanceof FerryException)) {
        throw failed;
      }
      log.debug("Files that were ready before the job's end did not come");
    }
  }

  /** Stops what is under way; afterwards nothing is written any more. */
  @Override
  public void close() {
    callers.close();
    if (running != null) {
      own.cancel();
      collect();
    }
  }
}
