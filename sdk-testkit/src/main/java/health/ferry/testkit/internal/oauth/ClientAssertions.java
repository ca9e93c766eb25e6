package health.ferry.testkit.internal.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Checks the JWT by which a SMART backend service shows who it is (SMART App Launch, "Backend
 * Services"). Thread-safe.
 */
public final class ClientAssertions {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);
  private static final Map<String, String> JDK_ALGORITHMS =
      Map.of("RS384", "SHA384withRSA", "ES384", "SHA384withECDSAinP1363Format");

  private final Clock clock;
  private final String clientId;
  private final List<PublicKey> keysWithoutId = new CopyOnWriteArrayList<>();
  private final Map<String, PublicKey> keysById = new ConcurrentHashMap<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /** Starts without keys, so that nothing is accepted. */
  public ClientAssertions(Clock clock, String clientId) {
    this.clock = clock;
    this.clientId = clientId;
  }

  /** Accepts what this key has signed, whatever the assertion's {@code kid}. */
  public void register(PublicKey key) {
    keysWithoutId.add(key);
  }

  /** Accepts what this key has signed under this {@code kid}. */
  public void register(String kid, PublicKey key) {
    keysById.put(kid, key);
  }

  /** What is wrong with an assertion, or null when it is good; a good one is good only once. */
  @Nullable String fault(String assertion, String audience, boolean iatNeeded) {
    String[] parts = assertion.split("\\.", -1);
    if (parts.length != 3) {
      return "not a signed JWT";
    }
    try {
      JsonNode header = JSON.readTree(Base64.getUrlDecoder().decode(parts[0]));
      JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
      byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
      byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
      if (!JDK_ALGORITHMS.containsKey(header.path("alg").asText())) {
        return "alg must be RS384 or ES384";
      }
      if (!isSignedByAKnownKey(header, signed, signature)) {
        return "no registered key matches kid and signature";
      }
      return iatNeeded && !claims.path("iat").isNumber()
          ? "iat is missing"
          : faultOfClaims(claims, audience);
    } catch (IOException | IllegalArgumentException e) {
      return "not a readable JWT: " + e.getClass().getSimpleName();
    }
  }

  private @Nullable String faultOfClaims(JsonNode claims, String audience) {
    Instant now = clock.instant();
    Instant exp = Instant.ofEpochSecond(claims.path("exp").asLong());
    if (!claims.path("iss").asText().equals(clientId)
        || !claims.path("sub").asText().equals(clientId)) {
      return "iss and sub must be the client id";
    }
    if (!names(claims.path("aud"), audience)) {
      return "aud must be the token URL";
    }
    if (!exp.isAfter(now)) {
      return "exp has passed";
    }
    if (exp.isAfter(now.plus(LONGEST_LIFE))) {
      return "exp lies more than five minutes ahead";
    }
    String jti = claims.path("jti").asText();
    if (jti.isEmpty() || !seen.add(jti)) {
      return "jti is missing or was used before";
    }
    return null;
  }

  private static boolean names(JsonNode aud, String audience) {
    if (aud.isArray()) {
      return aud.size() == 1 && aud.get(0).asText().equals(audience);
    }
    return aud.asText().equals(audience);
  }

  private boolean isSignedByAKnownKey(JsonNode header, byte[] signed, byte[] signature) {
    String algorithm = JDK_ALGORITHMS.getOrDefault(header.path("alg").asText(), "");
    PublicKey named = keysById.get(header.path("kid").asText());
    return (named != null && verifies(named, algorithm, signed, signature))
        || keysWithoutId.stream().anyMatch(key -> verifies(key, algorithm, signed, signature));
  }

  private static boolean verifies(
      PublicKey key, String algorithm, byte[] signed, byte[] signature) {
    try {
      Signature check = Signature.getInstance(algorithm);
      check.initVerify(key);
      check.update(signed);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      // A key of the other family, or a signature of the wrong length: not signed by this key.
      return false;
    }
  }
}
