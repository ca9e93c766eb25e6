package health.ferry.core.internal.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmacSignatureTest {

  /** RFC 4231, test case 2. */
  private static final String KEY = "Jefe";

  private static final byte[] BODY = bytes("what do ya want for nothing?");
  private static final String SIGNATURE =
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  private final HmacSignature signature = new HmacSignature(List.of(Secret.of(KEY)));

  @Test
  void the_rfc_s_own_vector_is_accepted() {
    assertThat(signature.accept(List.of(SIGNATURE), BODY)).isTrue();
  }

  @Test
  void what_was_signed_may_come_in_pieces() {
    assertThat(
            signature.accept(List.of(SIGNATURE), bytes("what do ya "), bytes("want for nothing?")))
        .isTrue();
  }

  @Test
  void a_key_is_its_text_in_utf_8() {
    // printf body | openssl dgst -sha256 -hmac 'schlüssel'
    HmacSignature umlaut = new HmacSignature(List.of(Secret.of("schl\u00fcssel")));

    assertThat(
            umlaut.accept(
                List.of("6abeaf7e8f3f88b9a247e5012f958d9f219e0b355309361429e7dc5ebb5830a8"),
                bytes("body")))
        .isTrue();
  }

  @Test
  void one_right_signature_among_several_is_enough() {
    assertThat(signature.accept(List.of("0".repeat(64), SIGNATURE, "v2"), BODY)).isTrue();
    assertThat(signature.accept(List.of(), BODY)).isFalse();
  }

  @Test
  void any_of_the_secrets_may_have_signed() {
    HmacSignature rotating =
        new HmacSignature(List.of(Secret.of("next"), Secret.of(KEY), Secret.of("oldest")));

    assertThat(rotating.accept(List.of(SIGNATURE), BODY)).isTrue();
    assertThat(rotating.accept(List.of("0".repeat(64)), BODY)).isFalse();
    assertThat(rotating).hasToString("secrets: 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", SIGNATURE + "0", " " + SIGNATURE, "sha256=" + SIGNATURE})
  void anything_but_the_signature_is_refused(String presented) {
    assertThat(signature.accept(List.of(presented), BODY)).isFalse();
  }

  @Test
  void upper_case_is_refused() {
    assertThat(signature.accept(List.of(SIGNATURE.toUpperCase(Locale.ROOT)), BODY)).isFalse();
  }

  @Test
  void every_digit_counts() {
    for (int at = 0; at < SIGNATURE.length(); at++) {
      char wrong = SIGNATURE.charAt(at) == '0' ? '1' : '0';
      String changed = SIGNATURE.substring(0, at) + wrong + SIGNATURE.substring(at + 1);
      assertThat(signature.accept(List.of(changed), BODY)).as("digit %d", at).isFalse();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
