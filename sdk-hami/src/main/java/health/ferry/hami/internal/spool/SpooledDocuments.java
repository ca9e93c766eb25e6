package health.ferry.hami.internal.spool;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.MalformedDocumentException;
import health.ferry.hami.internal.document.ResourceDocument;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * Documents by the order in which they were added: a mebibyte of them in memory, the others in a
 * temporary file that its owner alone may read and that is gone when this is closed, or when the
 * process ends in whatever way (on Windows: in an orderly way). It is patient data at rest: choose
 * a folder on a disk that is encrypted where that matters.
 *
 * <p>Not thread-safe. A full or failing disk is an {@link java.io.UncheckedIOException}.
 */
public final class SpooledDocuments implements Closeable {

  /** Of one document: its offset, the length of its JSON, the length of its full URL and 1. */
  private static final int NUMBERS = 3;

  private final FhirR4 fhir;
  private final SpoolBytes bytes;
  private final LongTable places;
  private int size;

  /**
   * No documents yet.
   *
   * @param folder where temporary files come when they are needed
   */
  public SpooledDocuments(Path folder, FhirR4 fhir) {
    this.fhir = fhir;
    this.bytes = new SpoolBytes(folder);
    this.places = new LongTable(folder);
  }

  /** Adds one. */
  public void add(InputDocument document) {
    byte[] json = document.resource().json();
    byte[] fullUrl = document.fullUrl().orElse("").getBytes(StandardCharsets.UTF_8);
    byte[] both = Arrays.copyOf(json, json.length + fullUrl.length);
    System.arraycopy(fullUrl, 0, both, json.length, fullUrl.length);
    long place = (long) size * NUMBERS;
    places.set(place, bytes.append(both));
    places.set(place + 1, json.length);
    places.set(place + 2, document.fullUrl().isPresent() ? fullUrl.length + 1L : 0);
    size = Math.addExact(size, 1);
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /**
   * One of them, with the bytes and the full URL that it had: a new object at each call.
   *
   * @param position from 0, in the order in which they were added
   */
  public InputDocument get(int position) {
    Objects.checkIndex(position, size);
    long place = (long) position * NUMBERS;
    int length = (int) places.get(place + 1);
    int url = (int) places.get(place + 2);
    byte[] both = bytes.read(places.get(place), length + Math.max(0, url - 1));
    ResourceDocument resource = resource(url < 2 ? both : Arrays.copyOf(both, length));
    return url == 0
        ? InputDocument.of(resource)
        : InputDocument.of(resource, new String(both, length, url - 1, StandardCharsets.UTF_8));
  }

  private ResourceDocument resource(byte[] json) {
    try {
      return ResourceDocument.of(json, fhir);
    } catch (MalformedDocumentException e) {
      throw new IllegalStateException("a temporary file was changed by someone else", e);
    }
  }

  @Override
  public void close() {
    bytes.close();
    places.close();
  }
}
