package health.ferry.testkit.internal.hami;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Ids like the seed's: 22 characters of an alphabet without those that look alike. */
final class TransactionIds {

  private static final String ALPHABET =
      "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int LENGTH = 22;
  private static final int BITS = 128;

  private final SecureRandom random = new SecureRandom();

  String next() {
    BigInteger base = BigInteger.valueOf(ALPHABET.length());
    BigInteger left = new BigInteger(BITS, random);
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(left.mod(base).intValue()));
      left = left.divide(base);
    }
    return id.toString();
  }
}
