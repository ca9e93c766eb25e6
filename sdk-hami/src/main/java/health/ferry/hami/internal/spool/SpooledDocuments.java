package health.ferry.hami.internal.spool;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.ResourceDocument;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * Documents by the order in which they were added: the last mebibyte of them in memory, the others
 * in the spool's file.
 *
 * <p>Not thread-safe. Over when its spool is closed.
 */
public final class SpooledDocuments {

  /** Of one document: its offset, the length of its JSON, the length of its full URL and 1. */
  private static final int NUMBERS = 3;

  private final FhirR4 fhir;
  private final SpoolBytes bytes;
  private final LongTable places;
  private int size;

  /** No documents yet. */
  public SpooledDocuments(Spool spool, FhirR4 fhir) {
    this.fhir = fhir;
    this.bytes = new SpoolBytes(spool);
    this.places = new LongTable(spool);
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
    ResourceDocument resource =
        ResourceDocument.again(url < 2 ? both : Arrays.copyOf(both, length), fhir);
    return url == 0
        ? InputDocument.of(resource)
        : InputDocument.of(resource, new String(both, length, url - 1, StandardCharsets.UTF_8));
  }
}
