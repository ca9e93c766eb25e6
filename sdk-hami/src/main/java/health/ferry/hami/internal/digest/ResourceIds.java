package health.ferry.hami.internal.digest;

import health.ferry.core.internal.digest.Digests;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Logical ids by what names a resource: the same names, the same id, on any machine and day. */
public final class ResourceIds {

  /** 128 bits, as a UUID has; FHIR takes ids of at most 64 characters. */
  private static final int LENGTH = 32;

  private ResourceIds() {}

  /** Hides what it is made of from the eye; it is no secret, since short numbers can be tried. */
  public static String of(String type, List<String> names) {
    StringBuilder all = new StringBuilder(type);
    // With its length before it, so that "a", "bc" is not "ab", "c".
    names.forEach(name -> all.append(' ').append(name.length()).append(':').append(name));
    return Digests.sha256Hex(all.toString().getBytes(StandardCharsets.UTF_8)).substring(0, LENGTH);
  }
}
