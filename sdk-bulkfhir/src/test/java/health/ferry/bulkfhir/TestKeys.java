package health.ferry.bulkfhir;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/** Key pairs made for a test, in the forms that keys are kept in. */
final class TestKeys {

  private TestKeys() {}

  static KeyPair rsa(int bits) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(bits);
    return generator.generateKeyPair();
  }

  static KeyPair ec(String curve) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec(curve));
    return generator.generateKeyPair();
  }

  static String pkcs8(PrivateKey key) {
    return pem("PRIVATE KEY", key.getEncoded());
  }

  static String pem(String what, byte[] der) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
  }

  static String jwk(KeyPair keys, String keyId) {
    if (keys.getPublic() instanceof RSAPublicKey rsa) {
      return new RSAKey.Builder(rsa)
          .privateKey(keys.getPrivate())
          .keyID(keyId)
          .build()
          .toJSONString();
    }
    ECPublicKey ec = (ECPublicKey) keys.getPublic();
    return new ECKey.Builder(Curve.forECParameterSpec(ec.getParams()), ec)
        .privateKey(keys.getPrivate())
        .keyID(keyId)
        .build()
        .toJSONString();
  }
}
