package health.ferry.hami.internal.bundling;

import java.util.List;

/**
 * A transaction bundle, ready to be sent.
 *
 * @param json its bytes, which nobody may change
 * @param fullUrls of its entries, in order
 * @param origins of its entries' resources, in order: where each came from, and its type
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedBundle(byte[] json, List<String> fullUrls, List<String> origins) {

  /** Sizes alone. */
  @Override
  public String toString() {
    return "bundle of " + fullUrls.size() + " entries, " + json.length + " bytes";
  }
}
