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
import java.util.stream.Stream;

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
    return decode(pem.group(1)).stream()
        .flatMap(encoded -> List.of("RSA", "EC").stream().flatMap(kind -> key(kind, encoded)))
        .findFirst();
  }

  private static Optional<PKCS8EncodedKeySpec> decode(String base64) {
    try {
      return Optional.of(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64)));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Stream<PrivateKey> key(String kind, PKCS8EncodedKeySpec encoded) {
    try {
      return Stream.of(KeyFactory.getInstance(kind).generatePrivate(encoded));
    } catch (GeneralSecurityException anotherKind) {
      return Stream.empty();
    }
  }
}
