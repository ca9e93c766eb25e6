package health.ferry.bulkfhir;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The private key by which a backend service proves who it is: RSA for RS384, EC P-384 for ES384
 * (SMART App Launch, "Asymmetric Client Authentication").
 *
 * <p>Immutable and thread-safe. Never prints the key.
 */
public final class SigningKey {

  private static final int SMALLEST_RSA = 2048;

  private final JWSAlgorithm algorithm;
  private final JWSSigner signer;
  private final @Nullable String keyId;

  private SigningKey(JWSAlgorithm algorithm, JWSSigner signer, @Nullable String keyId) {
    this.algorithm = algorithm;
    this.signer = signer;
    this.keyId = keyId;
  }

  /**
   * Reads a key from a file: a private JWK, or a PKCS #8 PEM ({@code BEGIN PRIVATE KEY}).
   *
   * @param file the file
   * @param keyId the id under which the public key is registered, or null for the one in the JWK
   * @return the key
   * @throws ConfigurationException when the file holds no key that can be used
   */
  public static SigningKey fromFile(Path file, @Nullable String keyId) {
    try {
      return parse(Files.readString(file), keyId);
    } catch (IOException unreadable) {
      throw refused("cannot be read");
    }
  }

  /**
   * Reads a key from a text: a private JWK, or a PKCS #8 PEM ({@code BEGIN PRIVATE KEY}).
   *
   * @param text the key
   * @param keyId the id under which the public key is registered, or null for the one in the JWK
   * @return the key
   * @throws ConfigurationException when the text is no key that can be used
   */
  public static SigningKey parse(String text, @Nullable String keyId) {
    try {
      return text.contains("-----BEGIN") ? ofPem(text, keyId) : ofJwk(JWK.parse(text), keyId);
    } catch (ParseException | JOSEException notAKey) {
      // The cause is left out: it may quote the key.
      throw refused("is neither a private JWK nor a PKCS #8 PEM");
    }
  }

  private static SigningKey ofPem(String pem, @Nullable String keyId) throws JOSEException {
    return of(Pkcs8Pem.read(pem).orElseThrow(SigningKey::notPkcs8), keyId);
  }

  private static SigningKey ofJwk(JWK jwk, @Nullable String keyId) throws JOSEException {
    String id = keyId == null ? jwk.getKeyID() : keyId;
    if (!jwk.isPrivate()) {
      throw refused("is a public key; the private one is needed");
    }
    if (jwk instanceof RSAKey rsa) {
      return of(rsa.toPrivateKey(), id);
    }
    if (jwk instanceof ECKey ec) {
      return of(ec.toPrivateKey(), id);
    }
    throw refused("is neither RSA nor EC");
  }

  private static SigningKey of(PrivateKey key, @Nullable String keyId) throws JOSEException {
    if (key instanceof RSAPrivateKey rsa) {
      if (rsa.getModulus().bitLength() < SMALLEST_RSA) {
        throw refused("must be RSA of at least 2048 bits");
      }
      return new SigningKey(JWSAlgorithm.RS384, new RSASSASigner(rsa), keyId);
    }
    if (key instanceof ECPrivateKey ec
        && Curve.P_384.equals(Curve.forECParameterSpec(ec.getParams()))) {
      return new SigningKey(JWSAlgorithm.ES384, new ECDSASigner(ec), keyId);
    }
    throw refused("must be RSA, or EC on the curve P-384");
  }

  JWSAlgorithm algorithm() {
    return algorithm;
  }

  JWSSigner signer() {
    return signer;
  }

  Optional<String> keyId() {
    return Optional.ofNullable(keyId);
  }

  private static ConfigurationException notPkcs8() {
    return refused(
        "must be PKCS #8 with an RSA or EC key; convert it with: openssl pkcs8 -topk8 -nocrypt");
  }

  private static ConfigurationException refused(String rule) {
    return new ConfigurationException(
        CallInfo.of("Bulk FHIR", "configuration"), List.of(new Violation("private key", rule)));
  }

  @Override
  public String toString() {
    return "SigningKey " + algorithm;
  }
}
