package health.ferry.bulkfhir;

import health.ferry.fhir.NdjsonIterator;
import health.ferry.fhir.NdjsonReader;
import health.ferry.fhir.RawResource;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resources of an organized output block by block (STU3, {@code organizeOutputBy}), in constant
 * memory. A header line begins a block and is not handed out; a block that {@code continuesInFile}
 * goes on in the file that follows. Close it, or read it to its end.
 *
 * <p>Throws what {@link NdjsonIterator} throws. Not thread-safe.
 */
public final class OrganizedResources implements Iterator<OrganizedResource>, AutoCloseable {

  private final Iterator<ExportedFile> files;
  private @Nullable NdjsonIterator<RawResource> lines;
  private @Nullable RawResource next;
  private @Nullable String block;
  private @Nullable String goesOnIn;

  OrganizedResources(List<ExportedFile> files) {
    this.files = Continuation.inOrder(files).iterator();
  }

  /**
   * Whether there is another resource.
   *
   * @return false at the end and after {@link #close()}
   */
  @Override
  public boolean hasNext() {
    while (next == null) {
      if (lines == null) {
        if (!files.hasNext()) {
          return false;
        }
        open(files.next());
      } else if (lines.hasNext()) {
        take(lines.next());
      } else {
        lines.close();
        lines = null;
      }
    }
    return true;
  }

  private void open(ExportedFile file) {
    if (!file.name().equals(goesOnIn)) {
      block = null;
    }
    goesOnIn = file.continuesInFile().orElse(null);
    lines = NdjsonReader.of(file.path()).raw();
  }

  private void take(RawResource line) {
    Optional<String> header = header(line);
    if (header.isPresent()) {
      block = header.get();
    } else {
      next = line;
    }
  }

  private static Optional<String> header(RawResource line) {
    return line.resourceType()
        .filter("Parameters"::equals)
        .flatMap(type -> HeaderLine.reference(line.bytes()));
  }

  /**
   * The next resource.
   *
   * @return the resource with its block
   * @throws NoSuchElementException at the end and after {@link #close()}
   */
  @Override
  public OrganizedResource next() {
    RawResource found = hasNext() ? next : null;
    if (found == null) {
      throw new NoSuchElementException("no more resources");
    }
    next = null;
    return new OrganizedResource(block, found);
  }

  /** Closes the file that is open; further calls do nothing. */
  @Override
  public void close() {
    files.forEachRemaining(left -> {});
    next = null;
    if (lines != null) {
      lines.close();
      lines = null;
    }
  }
}
