package health.ferry.testkit;

import java.util.Optional;

/** Makes a file's ETag from its fingerprint, or none. */
@FunctionalInterface
interface Etag {

  Etag STRONG = fingerprint -> Optional.of('"' + fingerprint + '"');
  Etag WEAK = fingerprint -> Optional.of("W/\"" + fingerprint + '"');
  Etag NONE = fingerprint -> Optional.empty();

  static Etag given(String value) {
    return fingerprint -> Optional.of(value);
  }

  Optional<String> of(String fingerprint);
}
