package health.ferry.hami.internal.bundling;

import java.util.List;

/**
 * A transaction bundle, ready to be sent.
 *
 * @param json its bytes, which nobody may change
 * @param fullUrls of its entries, in order
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedBundle(byte[] json, List<String> fullUrls) {

  /** Sizes alone. */
  @Override
  public String toString() {
    return "bundle of " + fullUrls.size() + " entries, " + json.length + " bytes";
  }
}
