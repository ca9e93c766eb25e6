package health.ferry.hami;

import health.ferry.core.internal.digest.Digests;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.bundling.EncodedBundle;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;

/**
 * One bundle of type {@code transaction}, encoded and ready to be sent: at most 100 entries, each
 * with a {@code urn:uuid} as full URL and {@code POST} as method, the Patient first, and no
 * reference that leads to an entry of another bundle.
 *
 * <p>Immutable and thread-safe. It is patient data; {@code toString} shows number and sizes alone.
 */
public final class TransactionBundle {

  private final long number;
  private final EncodedBundle encoded;

  TransactionBundle(long number, EncodedBundle encoded) {
    this.number = number;
    this.encoded = encoded;
  }

  /**
   * Its place among the bundles of one input.
   *
   * @return from 1
   */
  public long number() {
    return number;
  }

  /**
   * The bundle's JSON.
   *
   * @return the text, decoded at each call
   */
  public String json() {
    return new String(encoded.json(), StandardCharsets.UTF_8);
  }

  /**
   * The bundle's JSON in UTF-8, as it is sent.
   *
   * @return a copy
   */
  public byte[] bytes() {
    return encoded.json().clone();
  }

  /**
   * The bundle as HAPI's model.
   *
   * @return a new one, parsed at each call
   */
  public Bundle bundle() {
    return FhirR4.shared().codec().parse(Bundle.class, json());
  }

  /**
   * The entries' full URLs.
   *
   * @return a {@code urn:uuid:} each, in the order of the entries
   */
  public List<String> fullUrls() {
    return encoded.fullUrls();
  }

  /**
   * Where the resource of an entry came from, and its type: {@code labs.ndjson line 7: Patient}.
   *
   * @param entry its index, from 0
   */
  String origin(int entry) {
    return encoded.origins().get(entry);
  }

  /**
   * How many entries it has.
   *
   * @return 1 to 100
   */
  public int size() {
    return encoded.fullUrls().size();
  }

  /**
   * What tells this content from any other.
   *
   * @return SHA-256 of the bytes, in hex
   */
  public String hash() {
    return Digests.sha256Hex(encoded.json());
  }

  @Override
  public String toString() {
    return "TransactionBundle %d: %d entries, %d bytes"
        .formatted(number, size(), encoded.json().length);
  }
}
