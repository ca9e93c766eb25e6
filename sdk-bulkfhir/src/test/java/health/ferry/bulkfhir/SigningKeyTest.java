package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import health.ferry.core.ConfigurationException;
import health.ferry.testkit.Canary;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys can sign, and what is said of those that cannot. */
class SigningKeyTest {

  @TempDir Path folder;

  private static String refusal(String text) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, () -> SigningKey.parse(text, null));
    assertThat(refused.violations()).hasSize(1);
    assertThat(refused.violations().get(0).path()).isEqualTo("private key");
    assertThat(refused).hasNoCause();
    Canary.assertAbsent(refused);
    return refused.violations().get(0).rule();
  }

  @Test
  void rsa_signs_with_rs384_and_ec_with_es384() throws Exception {
    assertThat(SigningKey.parse(TestKeys.pkcs8(TestKeys.rsa(2048).getPrivate()), null))
        .hasToString("SigningKey RS384");
    assertThat(SigningKey.parse(TestKeys.pkcs8(TestKeys.ec("secp384r1").getPrivate()), null))
        .hasToString("SigningKey ES384");
  }

  @Test
  void a_jwk_brings_its_id_and_the_callers_id_comes_first() throws Exception {
    String jwk = TestKeys.jwk(TestKeys.ec("secp384r1"), "key-1");

    assertThat(SigningKey.parse(jwk, null).keyId()).isEqualTo("key-1");
    assertThat(SigningKey.parse(jwk, "key-2").keyId()).isEqualTo("key-2");
  }

  @Test
  void a_key_is_read_from_a_file() throws Exception {
    Path file = folder.resolve("key.pem");
    Files.writeString(file, TestKeys.pkcs8(TestKeys.rsa(2048).getPrivate()));

    assertThat(SigningKey.fromFile(file, "k").keyId()).isEqualTo("k");
  }

  @Test
  void a_file_that_is_not_there_is_refused() {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class,
            () -> SigningKey.fromFile(folder.resolve("none.pem"), null));
    assertThat(refused).hasMessageContaining("private key: cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
  void other_pem_forms_are_refused_with_the_remedy(String form) {
    byte[] der = Canary.SECRET.getBytes(StandardCharsets.US_ASCII);

    assertThat(refusal(TestKeys.pem(form, der))).contains("openssl pkcs8 -topk8 -nocrypt");
  }

  @Test
  void a_short_rsa_key_is_refused() throws Exception {
    KeyPair keys = TestKeys.rsa(1024);
    assertThat(refusal(TestKeys.pkcs8(keys.getPrivate()))).contains("at least 2048 bits");
    assertThat(refusal(TestKeys.jwk(keys, "k"))).contains("at least 2048 bits");
  }

  @Test
  void another_curve_is_refused() throws Exception {
    KeyPair keys = TestKeys.ec("secp256r1");
    assertThat(refusal(TestKeys.pkcs8(keys.getPrivate()))).contains("P-384");
    assertThat(refusal(TestKeys.jwk(keys, "k"))).contains("P-384");
  }

  @Test
  void another_kind_of_key_is_refused() throws Exception {
    KeyPair edwards = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    assertThat(refusal(TestKeys.pkcs8(edwards.getPrivate()))).contains("RSA or EC");
    byte[] secret = Canary.SECRET.getBytes(StandardCharsets.US_ASCII);
    assertThat(refusal(new OctetSequenceKey.Builder(secret).build().toJSONString()))
        .contains("neither RSA nor EC");
  }

  @Test
  void a_public_key_is_refused() throws Exception {
    RSAPublicKey open = (RSAPublicKey) TestKeys.rsa(2048).getPublic();

    assertThat(refusal(new RSAKey.Builder(open).build().toJSONString())).contains("public key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        Canary.SECRET,
        "{\"kty\":\"" + Canary.SECRET + "\"}",
        "{\"kty\":\"RSA\",\"n\":\"" + Canary.SECRET + "\"}",
        "-----BEGIN PRIVATE KEY-----\n" + Canary.SECRET + "\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA=A\n-----END PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----"
      })
  void what_is_no_key_is_refused_and_not_quoted(String text) {
    assertThat(refusal(text)).contains("PKCS #8");
  }
}
