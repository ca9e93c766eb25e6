package health.ferry.bulkfhir;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The private key by which a backend service proves who it is: RSA for RS384, EC P-384 for ES384
 * (SMART App Launch, "Asymmetric Client Authentication"). {@link #publicJwks()} is what a server
 * wants for registration.
 *
 * <p>Immutable and thread-safe. Never prints the key.
 */
public final class SigningKey {

  private static final int SMALLEST_RSA = 2048;

  private final JWSAlgorithm algorithm;
  private final JWSSigner signer;
  private final JWK publicKey;

  private SigningKey(JWSAlgorithm algorithm, JWSSigner signer, JWK publicKey) {
    this.algorithm = algorithm;
    this.signer = signer;
    this.publicKey = publicKey;
  }

  /**
   * Reads a key from a file: a private JWK, or a PKCS #8 PEM ({@code BEGIN PRIVATE KEY}).
   *
   * @param file the file
   * @param keyId the id under which the public key is registered, or null for the one in the JWK,
   *     or else the thumbprint of RFC 7638
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
   * @param keyId the id under which the public key is registered, or null for the one in the JWK,
   *     or else the thumbprint of RFC 7638
   * @return the key
   * @throws ConfigurationException when the text is no key that can be used
   */
  public static SigningKey parse(String text, @Nullable String keyId) {
    try {
      return text.contains("-----BEGIN") ? ofPem(text, keyId) : ofJwk(JWK.parse(text), keyId);
    } catch (ParseException | JOSEException | GeneralSecurityException notAKey) {
      // The cause is left out: it may quote the key.
      throw refused("is neither a private JWK nor a PKCS #8 PEM");
    }
  }

  private static SigningKey ofPem(String pem, @Nullable String keyId)
      throws GeneralSecurityException, JOSEException {
    PrivateKey key = Pkcs8Pem.read(pem).orElseThrow(SigningKey::notPkcs8);
    if (key instanceof RSAPrivateCrtKey rsa) {
      return ofRsa(rsa, PublicHalf.of(rsa), keyId);
    }
    if (key instanceof ECPrivateKey ec) {
      return ofEc(ec, keyId);
    }
    throw notPkcs8();
  }

  private static SigningKey ofJwk(JWK jwk, @Nullable String keyId)
      throws GeneralSecurityException, JOSEException {
    String id = keyId == null ? jwk.getKeyID() : keyId;
    if (!jwk.isPrivate()) {
      throw refused("is a public key; the private one is needed");
    }
    if (jwk instanceof RSAKey rsa) {
      return ofRsa(rsa.toRSAPrivateKey(), rsa.toRSAPublicKey(), id);
    }
    if (jwk instanceof ECKey ec) {
      return ofEc(ec.toECPrivateKey(), id);
    }
    throw refused("is neither RSA nor EC");
  }

  private static SigningKey ofRsa(RSAPrivateKey key, RSAPublicKey open, @Nullable String id)
      throws JOSEException {
    if (key.getModulus().bitLength() < SMALLEST_RSA) {
      throw refused("must be RSA of at least 2048 bits");
    }
    RSAKey.Builder jwk =
        new RSAKey.Builder(open)
            .algorithm(JWSAlgorithm.RS384)
            .keyUse(KeyUse.SIGNATURE)
            .keyOperations(Set.of(KeyOperation.VERIFY));
    return new SigningKey(
        JWSAlgorithm.RS384,
        new RSASSASigner(key),
        (id == null ? jwk.keyIDFromThumbprint() : jwk.keyID(id)).build());
  }

  private static SigningKey ofEc(ECPrivateKey key, @Nullable String id)
      throws GeneralSecurityException, JOSEException {
    if (!Curve.P_384.equals(Curve.forECParameterSpec(key.getParams()))) {
      throw refused("must be RSA, or EC on the curve P-384");
    }
    ECKey.Builder jwk =
        new ECKey.Builder(Curve.P_384, PublicHalf.of(key))
            .algorithm(JWSAlgorithm.ES384)
            .keyUse(KeyUse.SIGNATURE)
            .keyOperations(Set.of(KeyOperation.VERIFY));
    return new SigningKey(
        JWSAlgorithm.ES384,
        new ECDSASigner(key),
        (id == null ? jwk.keyIDFromThumbprint() : jwk.keyID(id)).build());
  }

  /**
   * The public half as a JWK Set (RFC 7517): what a server asks for at registration, to be pasted
   * there or published at a URL. Holds {@code kty}, {@code kid}, {@code alg}, {@code use}, {@code
   * key_ops} and the key's own members, {@code n} and {@code e} or {@code crv}, {@code x} and
   * {@code y}; nothing of the private key.
   *
   * <p>Its {@code kid} is the one that the client names when it signs.
   *
   * @return JSON, such as {@code {"keys":[{"kty":"EC",…}]}}
   */
  public String publicJwks() {
    return new JWKSet(publicKey).toString();
  }

  JWSAlgorithm algorithm() {
    return algorithm;
  }

  JWSSigner signer() {
    return signer;
  }

  String keyId() {
    return publicKey.getKeyID();
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
