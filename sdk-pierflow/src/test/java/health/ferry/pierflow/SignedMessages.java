package health.ferry.pierflow;

import health.ferry.core.Secret;
import health.ferry.core.internal.time.Signal;
import health.ferry.core.internal.time.Time;
import health.ferry.testkit.Canary;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhook messages as Pierflow signs them, and a receiver whose clock stands still. */
final class SignedMessages {

  static final String SECRET = Canary.SECRET + "-hook-9aR4eD6hG1fK0oI7yUcWq2mZ";

  /** 2026-06-01T02:00:05Z. */
  static final long NOW = 1780279205;

  private SignedMessages() {}

  static PierflowWebhooksBuilder receiver() {
    return PierflowWebhooks.builder(Secret.of(SECRET)).time(at(NOW));
  }

  static Time at(long seconds) {
    return new Time() {
      @Override
      public long nanoTime() {
        return 0;
      }

      @Override
      public Instant now() {
        return Instant.ofEpochSecond(seconds, 999_999_999);
      }

      @Override
      public boolean await(Signal signal, long nanos) {
        throw new AssertionError("a receiver waits for nothing");
      }
    };
  }

  static Map<String, List<String>> signed(String body) {
    return signed(bytes(body), NOW, SECRET);
  }

  static Map<String, List<String>> signed(byte[] body, long seconds, String secret) {
    return header("t=" + seconds + ",v1=" + signature(body, seconds, secret));
  }

  static Map<String, List<String>> header(String value) {
    return Map.of("X-Pierflow-Signature", List.of(value));
  }

  static String signature(byte[] body, long seconds, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
      mac.update(bytes(seconds + "."));
      return HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
