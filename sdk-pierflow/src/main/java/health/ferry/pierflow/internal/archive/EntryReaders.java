package health.ferry.pierflow.internal.archive;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;

/**
 * Readers of one archive, lent to whoever reads: each costs memory beside the heap. Thread-safe.
 */
final class EntryReaders implements AutoCloseable {

  private final ArchiveFile file;
  private final Deque<EntryReader> idle = new ArrayDeque<>();
  private boolean closed;

  EntryReaders(ArchiveFile file) {
    this.file = file;
  }

  <T> T lend(Function<EntryReader, T> reading) {
    EntryReader reader = take();
    try {
      return reading.apply(reader);
    } finally {
      giveBack(reader);
    }
  }

  private synchronized EntryReader take() {
    EntryReader reader = idle.poll();
    return reader != null ? reader : new EntryReader(file);
  }

  private synchronized void giveBack(EntryReader reader) {
    if (closed) {
      reader.close();
    } else {
      idle.push(reader);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(EntryReader::close);
    idle.clear();
  }
}
