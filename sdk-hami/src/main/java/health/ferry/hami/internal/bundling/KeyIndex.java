package health.ferry.hami.internal.bundling;

import java.util.List;

/** Which input has which key, by fingerprints and positions alone. */
final class KeyIndex {

  /** No input, or more than one. */
  static final int NONE = Fingerprints.ABSENT;

  private static final int MANY = Integer.MAX_VALUE - 1;

  private final Fingerprints own = new Fingerprints();
  private final Fingerprints shared = new Fingerprints();

  /** The first input that has one of these as its own, if any has. */
  int claimed(List<String> ownKeys) {
    return ownKeys.stream()
        .mapToInt(key -> own.get(Fingerprints.of(key)))
        .filter(position -> position != NONE)
        .findFirst()
        .orElse(NONE);
  }

  /** Notes the keys of an input. */
  void add(int position, List<String> ownKeys, List<String> sharedKeys) {
    ownKeys.forEach(key -> own.put(Fingerprints.of(key), position));
    for (String key : sharedKeys) {
      long fingerprint = Fingerprints.of(key);
      shared.put(fingerprint, shared.contains(fingerprint) ? MANY : position);
    }
  }

  /** The one input that a key means. */
  int find(String key) {
    return find(Fingerprints.of(key), ReferenceKey.isConditional(key));
  }

  int find(long fingerprint, boolean conditional) {
    int position = (conditional ? shared : own).get(fingerprint);
    return position == MANY ? NONE : position;
  }
}
