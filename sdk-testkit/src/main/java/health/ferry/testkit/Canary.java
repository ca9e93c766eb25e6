package health.ferry.testkit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Markers that the sandbox plants in personal data and in secrets. Found in a log line, an
 * exception or a {@code toString}, they prove a leak.
 */
public final class Canary {

  /** Stands in every generated patient's family name. */
  public static final String FAMILY = "Zanzibrook";

  /** Stands in every secret of the sandbox: tokens, client secrets, keys, URL signatures. */
  public static final String SECRET = "canaryQ7secret";

  /** The client id of the sandbox; not a secret by itself. */
  static final String CLIENT_ID = "sandbox-client";

  /** The client secret of the sandbox. */
  static final String CLIENT_SECRET = SECRET + "-client-4f1d";

  /** The token that the sandbox always accepts. */
  static final String STATIC_TOKEN = SECRET + "-static-9c27";

  /** The key of the sandbox's HAMI group. */
  static final String HAMI_KEY = SECRET + "-hami-61b8";

  /** The key of the sandbox's Pierflow partner, in the form of a test key. */
  static final String PIERFLOW_KEY = "pf_test_sk_" + SECRET + "27d0";

  /** The key of Pierflow's webhooks: 43 characters of base64url, and taken as they stand. */
  static final String PIERFLOW_WEBHOOK_SECRET = SECRET + "_pierflow_webhook_signing_key";

  private static final Map<String, String> MARKERS =
      Map.of(
          "patient family name (Canary.FAMILY)",
          FAMILY,
          "secret, token or signature (Canary.SECRET)",
          SECRET,
          "Basic credentials",
          Base64.getEncoder()
              .encodeToString(
                  (CLIENT_ID + ":" + CLIENT_SECRET).getBytes(StandardCharsets.US_ASCII)));

  private Canary() {}

  /**
   * All markers.
   *
   * @return the marker by what it stands in
   */
  public static Map<String, String> markers() {
    return MARKERS;
  }

  /**
   * Looks for markers.
   *
   * @param text any text
   * @return what kind of marker it holds, if any
   */
  public static Optional<String> findIn(String text) {
    return MARKERS.entrySet().stream()
        .filter(marker -> text.contains(marker.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /**
   * Fails if an object's {@code toString} holds a marker.
   *
   * @param object what is looked at; null passes
   * @throws AssertionError naming the object's class and the marker, never the text
   */
  public static void assertAbsent(@Nullable Object object) {
    if (object instanceof Throwable thrown) {
      assertAbsent(thrown);
    } else {
      check(String.valueOf(object), "toString of " + describe(object));
    }
  }

  /**
   * Fails if a throwable, or a cause or suppressed one at any depth, holds a marker in its message
   * or {@code toString}.
   *
   * @param thrown where to start
   * @throws AssertionError naming the throwable's class and the marker, never the text
   */
  public static void assertAbsent(Throwable thrown) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    open.add(thrown);
    while (!open.isEmpty()) {
      Throwable next = open.remove();
      if (!seen.add(next)) {
        continue;
      }
      check(String.valueOf(next.getMessage()), "message of " + describe(next));
      check(next.toString(), "toString of " + describe(next));
      open.addAll(List.of(next.getSuppressed()));
      if (next.getCause() != null) {
        open.add(next.getCause());
      }
    }
  }

  private static String describe(@Nullable Object object) {
    return object == null ? "null" : object.getClass().getName();
  }

  private static void check(String text, String where) {
    Optional<String> found = findIn(text);
    if (found.isPresent()) {
      throw new AssertionError("leak in the " + where + ": " + found.get());
    }
  }
}
