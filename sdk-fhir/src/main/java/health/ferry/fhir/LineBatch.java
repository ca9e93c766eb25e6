package health.ferry.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Some lines in a row, which a worker decodes while the caller is at earlier ones.
 *
 * <p>A worker keeps what it decodes and nothing else: a line that it cannot decode is decoded again
 * by the caller, who so meets the error at its line and on its own thread.
 */
final class LineBatch<T> {

  private static final int MOST_LINES = 64;
  private static final int ENOUGH_BYTES = 128 * 1024;

  private final List<NdjsonLine> lines = new ArrayList<>();
  private final CountDownLatch decoded = new CountDownLatch(1);
  private List<@Nullable T> resources = List.of();
  private long bytes;

  void add(NdjsonLine line) {
    lines.add(line);
    bytes += line.length();
  }

  boolean isFull() {
    return lines.size() == MOST_LINES || bytes >= ENOUGH_BYTES;
  }

  int size() {
    return lines.size();
  }

  long bytes() {
    return bytes;
  }

  NdjsonLine line(int index) {
    return lines.get(index);
  }

  /** For a worker: decodes what it can. */
  void decode(Supplier<? extends LineDecoder<? extends T>> decoders) {
    List<@Nullable T> found = new ArrayList<>(lines.size());
    try {
      LineDecoder<? extends T> decoder = decoders.get();
      for (NdjsonLine line : lines) {
        found.add(decodedOrNull(decoder, line));
      }
    } finally {
      resources = found;
      decoded.countDown();
    }
  }

  /** Nobody is to be waited for. */
  void leaveToCaller() {
    decoded.countDown();
  }

  /** For the caller: waits for the worker. An interrupt matters only where there is a wait. */
  void await() throws InterruptedException {
    if (decoded.getCount() > 0) {
      decoded.await();
    }
  }

  /** What was decoded of a line; null if the caller is to decode it. Given once. */
  @Nullable T take(int index) {
    return index < resources.size() ? resources.set(index, null) : null;
  }

  private static <T> @Nullable T decodedOrNull(LineDecoder<? extends T> decoder, NdjsonLine line) {
    if (line.isTooLong()) {
      return null;
    }
    try {
      return decoder.decode(line);
    } catch (UnreadableResourceException | RuntimeException metAgainByTheCaller) {
      return null;
    }
  }
}
