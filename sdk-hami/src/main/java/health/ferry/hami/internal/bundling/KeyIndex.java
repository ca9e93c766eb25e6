package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.spool.Fingerprint;
import health.ferry.hami.internal.spool.KeyTable;
import health.ferry.hami.internal.spool.Spool;
import java.util.List;

/** Which input has which key, by fingerprints and positions alone. */
final class KeyIndex {

  /** No input, or more than one. */
  static final int NONE = KeyTable.ABSENT;

  private static final int MANY = Integer.MAX_VALUE - 1;

  private final KeyTable own;
  private final KeyTable shared;

  KeyIndex(Spool spool) {
    this.own = new KeyTable(spool);
    this.shared = new KeyTable(spool);
  }

  /** The first input that has one of these as its own, if any has. */
  int claimed(List<String> ownKeys) {
    return ownKeys.stream()
        .mapToInt(key -> own.get(Fingerprint.of(key)))
        .filter(position -> position != NONE)
        .findFirst()
        .orElse(NONE);
  }

  /** Notes the keys of an input. */
  void add(int position, List<String> ownKeys, List<String> sharedKeys) {
    ownKeys.forEach(key -> own.put(Fingerprint.of(key), position));
    for (String key : sharedKeys) {
      Fingerprint fingerprint = Fingerprint.of(key);
      shared.put(fingerprint, shared.contains(fingerprint) ? MANY : position);
    }
  }

  /** The one input that a key means. */
  int find(String key) {
    return find(Fingerprint.of(key), ReferenceKey.isConditional(key));
  }

  int find(Fingerprint fingerprint, boolean conditional) {
    int position = (conditional ? shared : own).get(fingerprint);
    return position == MANY ? NONE : position;
  }
}
