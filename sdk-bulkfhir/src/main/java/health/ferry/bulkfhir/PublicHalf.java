package health.ferry.bulkfhir;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import javax.crypto.KeyAgreement;

/** Finds the public half of a private key, which PKCS #8 need not hold. */
final class PublicHalf {

  private PublicHalf() {}

  static RSAPublicKey of(RSAPrivateCrtKey key) throws GeneralSecurityException {
    return (RSAPublicKey)
        KeyFactory.getInstance("RSA")
            .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
  }

  /**
   * The curve's generator multiplied by the key. The JDK multiplies points in ECDH alone, which
   * gives x; of the two points with that x, the right one verifies what the key has signed.
   */
  static ECPublicKey of(ECPrivateKey key) throws GeneralSecurityException {
    ECParameterSpec curve = key.getParams();
    BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
    KeyAgreement multiplication = KeyAgreement.getInstance("ECDH");
    multiplication.init(key);
    multiplication.doPhase(point(curve.getGenerator(), curve), true);
    BigInteger x = new BigInteger(1, multiplication.generateSecret());
    BigInteger y = y(x, curve, prime);
    for (BigInteger candidate : new BigInteger[] {y, prime.subtract(y)}) {
      ECPublicKey open = point(new ECPoint(x, candidate), curve);
      if (verifies(open, key)) {
        return open;
      }
    }
    throw new InvalidKeyException("no point on the curve belongs to the key");
  }

  /** The root of x³ + ax + b; the primes of the NIST curves are 3 modulo 4. */
  private static BigInteger y(BigInteger x, ECParameterSpec curve, BigInteger prime) {
    BigInteger square =
        x.pow(3).add(curve.getCurve().getA().multiply(x)).add(curve.getCurve().getB());
    return square.modPow(prime.add(BigInteger.ONE).shiftRight(2), prime);
  }

  private static ECPublicKey point(ECPoint point, ECParameterSpec curve)
      throws GeneralSecurityException {
    return (ECPublicKey)
        KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, curve));
  }

  private static boolean verifies(PublicKey open, ECPrivateKey key)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA384withECDSA");
    byte[] text = new byte[] {1};
    signature.initSign(key);
    signature.update(text);
    byte[] signed = signature.sign();
    signature.initVerify(open);
    signature.update(text);
    return signature.verify(signed);
  }
}
