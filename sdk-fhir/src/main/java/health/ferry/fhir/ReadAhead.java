package health.ferry.fhir;

import health.ferry.core.CancelledException;
import health.ferry.core.internal.redaction.RedactedCause;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes lines on workers while the caller is at earlier ones, and hands them out in file order.
 * The caller's thread reads the files, and decodes the first lines itself: a small file starts no
 * thread. Read ahead are two batches more than there are workers, and no further one once a
 * mebibyte is waiting.
 *
 * <p>Workers are daemon threads and end when they were idle for a second, so that not even an
 * iterator that nobody closes keeps them.
 */
final class ReadAhead<T> implements ResourceFeed<T> {

  private static final int BATCHES_BEYOND_WORKERS = 2;
  private static final long ENOUGH_BYTES = 1024 * 1024;

  private final NdjsonLines lines;
  private final LineDecoder<? extends T> decoder;
  private final Supplier<? extends LineDecoder<? extends T>> workersDecoders;
  private final ThreadPoolExecutor workers;
  private final Deque<LineBatch<T>> ahead = new ArrayDeque<>();
  private final int mostAhead;

  private LineBatch<T> current = new LineBatch<>();
  private int at = -1;
  private long bytes;
  private boolean begun;
  private boolean finished;
  private @Nullable RuntimeException failure;

  /**
   * @param decoder the caller's
   * @param workersDecoders a new decoder for each batch: decoders are not thread-safe
   */
  ReadAhead(
      NdjsonLines lines,
      LineDecoder<? extends T> decoder,
      Supplier<? extends LineDecoder<? extends T>> workersDecoders,
      int threads) {
    this.lines = lines;
    this.decoder = decoder;
    this.workersDecoders = workersDecoders;
    this.workers = daemons(threads);
    this.mostAhead = threads + BATCHES_BEYOND_WORKERS;
  }

  @Override
  public @Nullable NdjsonLine next() {
    at++;
    while (at == current.size()) {
      bytes -= current.bytes();
      fill();
      LineBatch<T> head = ahead.poll();
      if (head == null) {
        if (failure != null) {
          throw failure;
        }
        return null;
      }
      current = head;
      at = 0;
      await(head);
    }
    return current.line(at);
  }

  @Override
  public T resource() throws UnreadableResourceException {
    T decoded = current.take(at);
    return decoded != null ? decoded : decoder.decode(current.line(at));
  }

  @Override
  public void close() {
    workers.shutdownNow();
    ahead.clear();
    lines.close();
  }

  private void fill() {
    while (!finished && (ahead.isEmpty() || (ahead.size() < mostAhead && bytes < ENOUGH_BYTES))) {
      LineBatch<T> batch = batch();
      if (batch.size() == 0) {
        return;
      }
      bytes += batch.bytes();
      ahead.add(batch);
      if (begun) {
        workers.execute(() -> batch.decode(workersDecoders));
      } else {
        batch.leaveToCaller();
        begun = true;
      }
    }
  }

  /** What cannot be read is told when the caller has had all that came before it. */
  private LineBatch<T> batch() {
    LineBatch<T> batch = new LineBatch<>();
    try {
      while (!finished && !batch.isFull()) {
        NdjsonLine line = lines.nextKept();
        if (line == null) {
          finished = true;
        } else {
          batch.add(line);
        }
      }
    } catch (RuntimeException e) {
      finished = true;
      failure = e;
    }
    return batch;
  }

  private void await(LineBatch<T> batch) {
    try {
      batch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          NdjsonLine.CALL, "the thread was interrupted", RedactedCause.of(e));
    }
  }

  private static ThreadPoolExecutor daemons(int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "ferry-read-ahead-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
