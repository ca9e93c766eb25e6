package health.ferry.fhir;

import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.internal.redaction.RedactedCause;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The lines of several files that are not blank, one after the other. Each file is opened when its
 * turn has come, and closed at its end or when it cannot be read. Not thread-safe.
 */
final class NdjsonLines implements AutoCloseable {

  private final Iterator<NdjsonSource> sources;
  private final int maxLineBytes;

  /** The resource type whose lines count; null for all. */
  private final @Nullable String only;

  private @Nullable LineScanner scanner;
  private String fileName = "";
  private boolean closed;

  NdjsonLines(Iterator<NdjsonSource> sources, int maxLineBytes, @Nullable String only) {
    this.sources = sources;
    this.maxLineBytes = maxLineBytes;
    this.only = only;
  }

  /**
   * The next line, valid until the one after it is asked for.
   *
   * @return null at the end and after {@link #close()}
   */
  @Nullable NdjsonLine next() {
    LineScanner at = advance();
    return at == null ? null : NdjsonLine.at(fileName, at, maxLineBytes);
  }

  /**
   * The next line with bytes of its own.
   *
   * @return null at the end and after {@link #close()}
   */
  @Nullable NdjsonLine nextKept() {
    LineScanner at = advance();
    return at == null ? null : NdjsonLine.keptFrom(fileName, at, maxLineBytes);
  }

  @Override
  public void close() {
    closed = true;
    LineScanner open = scanner;
    scanner = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw unreadable(e, open);
      }
    }
  }

  private @Nullable LineScanner advance() {
    LineScanner at = scanner;
    try {
      while (!closed) {
        if (at == null) {
          at = openNext();
        } else if (!at.advance()) {
          LineScanner finished = at;
          at = null;
          scanner = null;
          finished.close();
        } else if (counts(NdjsonLine.at(fileName, at, maxLineBytes))) {
          return at;
        }
      }
      return null;
    } catch (IOException e) {
      throw closeAfter(unreadable(e, at));
    } catch (FerryException e) {
      // A stream over a connection has its own, better error.
      throw closeAfter(e);
    }
  }

  private @Nullable LineScanner openNext() throws IOException {
    if (!sources.hasNext()) {
      closed = true;
      return null;
    }
    NdjsonSource source = sources.next();
    fileName = source.name();
    scanner = new LineScanner(source.opener().open(), maxLineBytes);
    return scanner;
  }

  private boolean counts(NdjsonLine line) {
    if (line.isTooLong()) {
      return true;
    }
    return !line.isBlank() && (only == null || isAsked(line, only));
  }

  /** What states no type, or is no JSON, is not of another type: whoever decodes it complains. */
  private static boolean isAsked(NdjsonLine line, String type) {
    try {
      Optional<String> stated = line.head().resourceType();
      return stated.isEmpty() || stated.get().equals(type);
    } catch (UnreadableResourceException broken) {
      return true;
    }
  }

  private FerryException unreadable(IOException e, @Nullable LineScanner at) {
    RedactedCause cause = RedactedCause.of(e);
    if (Thread.currentThread().isInterrupted()) {
      return new CancelledException(NdjsonLine.CALL, "the thread was interrupted", cause);
    }
    long after = at == null ? 0 : at.lineNumber();
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
