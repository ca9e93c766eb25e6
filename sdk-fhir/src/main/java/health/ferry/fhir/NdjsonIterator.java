package health.ferry.fhir;

import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.internal.redaction.RedactedCause;
import java.io.IOException;
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

  private final Iterator<NdjsonSource> sources;
  private final LineDecoder<? extends T> decoder;
  private final int maxLineBytes;

  private @Nullable LineScanner lines;
  private String fileName = "";
  private long lineNumber;
  private boolean ready;
  private boolean closed;

  NdjsonIterator(
      Iterator<NdjsonSource> sources, LineDecoder<? extends T> decoder, int maxLineBytes) {
    this.sources = sources;
    this.decoder = decoder;
    this.maxLineBytes = maxLineBytes;
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
    try {
      while (!closed && !ready) {
        if (lines == null) {
          openNext();
        } else if (!lines.advance()) {
          LineScanner finished = lines;
          lines = null;
          finished.close();
        } else {
          ready = lines.isTooLong() || !isBlank(lines);
        }
      }
      return ready && !closed;
    } catch (IOException e) {
      throw closeAfter(unreadable(e));
    } catch (FerryException e) {
      // A stream over a connection has its own, better error.
      throw closeAfter(e);
    }
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
    if (!hasNext() || lines == null) {
      throw new NoSuchElementException("no more lines");
    }
    ready = false;
    lineNumber = lines.lineNumber();
    NdjsonLine line = new NdjsonLine(fileName, lines, maxLineBytes);
    if (lines.isTooLong()) {
      throw line.tooLong();
    }
    try {
      return decoder.decode(line);
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
   * Closes the file that is open; further calls do nothing.
   *
   * @throws IntegrityException if closing fails
   */
  @Override
  public void close() {
    closed = true;
    LineScanner open = lines;
    lines = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }

  private void openNext() throws IOException {
    if (!sources.hasNext()) {
      closed = true;
      return;
    }
    NdjsonSource source = sources.next();
    fileName = source.name();
    lineNumber = 0;
    lines = new LineScanner(source.opener().open(), maxLineBytes);
  }

  private static boolean isBlank(LineScanner line) {
    byte[] bytes = line.buffer();
    int end = line.offset() + line.length();
    for (int i = line.offset(); i < end; i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private FerryException unreadable(IOException e) {
    RedactedCause cause = RedactedCause.of(e);
    if (Thread.currentThread().isInterrupted()) {
      return new CancelledException(NdjsonLine.CALL, "the thread was interrupted", cause);
    }
    long after = lines == null ? 0 : lines.lineNumber();
    return new IntegrityException(
        NdjsonLine.CALL, fileName + " cannot be read after line " + after, cause);
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
