package health.ferry.core.internal.webhook;

import health.ferry.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA256 in lower-case hex, by which partners sign their webhooks: over the raw body, or over
 * something of theirs in front of it. A secret's key is its text's own bytes, decoded from nothing.
 *
 * <p>Thread-safe.
 */
public final class HmacSignature {

  private static final String ALGORITHM = "HmacSHA256";

  private final List<Secret> secrets;

  /**
   * Accepts what was signed with any of these.
   *
   * @param secrets at least one: the current one, and while it is changed the one before it
   */
  public HmacSignature(List<Secret> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /**
   * Whether one of the signatures is right. Each is compared with each secret's own, whole, so the
   * time tells neither which one fits nor how much of it.
   *
   * @param presented what came with the request, as text
   * @param signed the bytes that were signed, in pieces
   */
  public boolean accept(Collection<String> presented, byte[]... signed) {
    boolean accepted = false;
    for (Secret secret : secrets) {
      byte[] right = sign(secret, signed);
      for (String signature : presented) {
        accepted |= MessageDigest.isEqual(right, signature.getBytes(StandardCharsets.UTF_8));
      }
    }
    return accepted;
  }

  private static byte[] sign(Secret secret, byte[]... signed) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
      for (byte[] piece : signed) {
        mac.update(piece);
      }
      return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "secrets: " + secrets.size();
  }
}
