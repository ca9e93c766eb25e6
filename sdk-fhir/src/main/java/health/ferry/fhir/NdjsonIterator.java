package health.ferry.fhir;

import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Resources from NDJSON, one after the other, in constant memory. Close it, or read it to its end;
 * both close the file.
 *
 * <p>A line that cannot be taken makes {@link #next()} throw an {@link IntegrityException} with the
 * file's name and the line's number; the reading may go on behind it. A file that cannot be read
 * ends it.
 *
 * <p>Not thread-safe.
 *
 * @param <T> a HAPI R4 model, {@link RawResource}, or {@link Outcome}
 */
public final class NdjsonIterator<T> implements Iterator<T>, AutoCloseable {

  private final ResourceFeed<? extends T> feed;

  private @Nullable NdjsonLine ready;
  private String fileName = "";
  private long lineNumber;
  private boolean closed;

  NdjsonIterator(ResourceFeed<? extends T> feed) {
    this.feed = feed;
  }

  /**
   * Whether there is another line that is not blank, in this file or a later one.
   *
   * @return false at the end and after {@link #close()}
   * @throws IntegrityException if a file cannot be read
   * @throws CancelledException if an interrupt ended the reading of a stream; its flag is still set
   */
  @Override
  public boolean hasNext() {
    if (ready == null && !closed) {
      try {
        ready = feed.next();
      } catch (FerryException e) {
        throw closeAfter(e);
      }
      if (ready == null) {
        close();
      }
    }
    return ready != null;
  }

  /**
   * The next resource.
   *
   * @return the resource
   * @throws IntegrityException if the line is too long, not JSON, not an object, cut off, or not of
   *     the type asked for; the message names file and line and holds no value
   * @throws CancelledException if an interrupt ended the reading of a stream; its flag is still set
   * @throws NoSuchElementException at the end and after {@link #close()}
   */
  @Override
  public T next() {
    NdjsonLine line = hasNext() ? ready : null;
    if (line == null) {
      throw new NoSuchElementException("no more lines");
    }
    ready = null;
    fileName = line.fileName();
    lineNumber = line.lineNumber();
    if (line.isTooLong()) {
      throw line.tooLong();
    }
    try {
      return feed.resource();
    } catch (UnreadableResourceException e) {
      throw line.unreadable(e);
    }
  }

  /**
   * The file of the last line that {@link #next()} took.
   *
   * @return the file's name without its folder, or the stream's name; empty before the first line
   */
  public String fileName() {
    return fileName;
  }

  /**
   * The number of the last line that {@link #next()} took.
   *
   * @return from 1 in each file, blank lines counted; 0 before the first
   */
  public long lineNumber() {
    return lineNumber;
  }

  /**
   * What is left, as a stream in file order. Use one or the other, and close the stream as you
   * would this. A sequential stream reads in constant memory; a parallel one gathers batches.
   *
   * @return a sequential stream; closing it closes the file
   */
  public Stream<T> stream() {
    int traits = Spliterator.ORDERED | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(this, traits), false)
        .onClose(this::close);
  }

  /**
   * Closes the file that is open, and ends the threads that read ahead; further calls do nothing.
   *
   * @throws IntegrityException if closing fails
   */
  @Override
  public void close() {
    closed = true;
    ready = null;
    feed.close();
  }

  private FerryException closeAfter(FerryException error) {
    try {
      close();
    } catch (FerryException second) {
      error.addSuppressed(second);
    }
    return error;
  }
}
