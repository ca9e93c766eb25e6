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

  /**
   * Of one document: its offset, the lengths of its JSON, of its full URL and 1, and of its place.
   */
  private static final int NUMBERS = 4;

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
    byte[] from = document.place().getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(json, json.length + fullUrl.length + from.length);
    System.arraycopy(fullUrl, 0, all, json.length, fullUrl.length);
    System.arraycopy(from, 0, all, json.length + fullUrl.length, from.length);
    long place = (long) size * NUMBERS;
    places.set(place, bytes.append(all));
    places.set(place + 1, json.length);
    places.set(place + 2, document.fullUrl().isPresent() ? fullUrl.length + 1L : 0);
    places.set(place + 3, from.length);
    size = Math.addExact(size, 1);
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /**
   * One of them, with the bytes, the full URL and the place that it had: a new object at each call.
   *
   * @param position from 0, in the order in which they were added
   */
  public InputDocument get(int position) {
    Objects.checkIndex(position, size);
    long place = (long) position * NUMBERS;
    int length = (int) places.get(place + 1);
    int url = (int) places.get(place + 2);
    int urlLength = Math.max(0, url - 1);
    int fromLength = (int) places.get(place + 3);
    byte[] all = bytes.read(places.get(place), length + urlLength + fromLength);
    ResourceDocument resource = ResourceDocument.again(Arrays.copyOf(all, length), fhir);
    InputDocument document =
        url == 0
            ? InputDocument.of(resource)
            : InputDocument.of(
                resource, new String(all, length, urlLength, StandardCharsets.UTF_8));
    return document.at(new String(all, length + urlLength, fromLength, StandardCharsets.UTF_8));
  }
}
