package health.ferry.bulkfhir;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code BEGIN PRIVATE KEY} with what the JDK knows. */
final class Pkcs8Pem {

  private static final Pattern PEM =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  private Pkcs8Pem() {}

  /** The key, empty when the text holds none in this form. */
  static Optional<PrivateKey> read(String text) {
    Matcher pem = PEM.matcher(text);
    if (!pem.find()) {
      return Optional.empty();
    }
    PKCS8EncodedKeySpec encoded =
        new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
    return List.of("RSA", "EC").stream()
        .flatMap(algorithm -> decode(algorithm, encoded).stream())
        .findFirst();
  }

  private static Optional<PrivateKey> decode(String algorithm, PKCS8EncodedKeySpec encoded) {
    try {
      return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
    } catch (GeneralSecurityException anotherKind) {
      return Optional.empty();
    }
  }
}
