package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import health.ferry.core.internal.json.JsonTree;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is handed to a server for registration: the public half, and nothing else. */
class PublicJwksTest extends SandboxTest {

  private static KeyPair keys(String algorithm) throws Exception {
    return algorithm.equals("RS384") ? TestKeys.rsa(2048) : TestKeys.ec("secp384r1");
  }

  private static SigningKey key(KeyPair keys, String form) {
    return form.equals("pem")
        ? SigningKey.parse(TestKeys.pkcs8(keys.getPrivate()), "key-1")
        : SigningKey.parse(TestKeys.jwk(keys, "key-1"), null);
  }

  private static JsonNode onlyKey(SigningKey key) throws Exception {
    JsonNode set = JsonTree.read(key.publicJwks().getBytes(StandardCharsets.UTF_8));
    assertThat(set.size()).isEqualTo(1);
    assertThat(set.path("keys").size()).isEqualTo(1);
    return set.path("keys").get(0);
  }

  private static PublicKey publicKey(JsonNode jwk) throws Exception {
    JWK parsed = JWK.parse(jwk.toString());
    return parsed instanceof RSAKey rsa ? rsa.toPublicKey() : ((ECKey) parsed).toPublicKey();
  }

  @ParameterizedTest
  @CsvSource({"pem", "jwk"})
  void an_rsa_key_shows_these_members_and_no_other(String form) throws Exception {
    KeyPair keys = keys("RS384");

    JsonNode jwk = onlyKey(key(keys, form));

    assertThat(jwk.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("kty", "kid", "alg", "use", "key_ops", "n", "e");
    assertThat(jwk.path("kty").asText()).isEqualTo("RSA");
    assertThat(jwk.path("kid").asText()).isEqualTo("key-1");
    assertThat(jwk.path("alg").asText()).isEqualTo("RS384");
    assertThat(jwk.path("use").asText()).isEqualTo("sig");
    assertThat(jwk.path("key_ops").toString()).isEqualTo("[\"verify\"]");
    assertThat(jwk.path("e").asText()).isEqualTo("AQAB");
    RSAPublicKey open = (RSAPublicKey) publicKey(jwk);
    assertThat(open.getModulus()).isEqualTo(((RSAPublicKey) keys.getPublic()).getModulus());
  }

  @ParameterizedTest
  @CsvSource({"pem", "jwk"})
  void an_ec_key_shows_these_members_and_no_other(String form) throws Exception {
    KeyPair keys = keys("ES384");

    JsonNode jwk = onlyKey(key(keys, form));

    assertThat(jwk.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("kty", "kid", "alg", "use", "key_ops", "crv", "x", "y");
    assertThat(jwk.path("kty").asText()).isEqualTo("EC");
    assertThat(jwk.path("crv").asText()).isEqualTo("P-384");
    assertThat(jwk.path("kid").asText()).isEqualTo("key-1");
    assertThat(jwk.path("alg").asText()).isEqualTo("ES384");
    assertThat(jwk.path("use").asText()).isEqualTo("sig");
    assertThat(jwk.path("key_ops").toString()).isEqualTo("[\"verify\"]");
    assertThat(publicKey(jwk)).isEqualTo(keys.getPublic());
  }

  // Either of two points may be the right one, so one key proves little.
  @RepeatedTest(10)
  void the_public_point_of_an_ec_key_is_found() throws Exception {
    KeyPair keys = keys("ES384");

    assertThat(PublicHalf.of((ECPrivateKey) keys.getPrivate())).isEqualTo(keys.getPublic());
  }

  @Test
  void the_public_points_of_1_and_of_the_largest_key_are_the_generator_and_its_mirror()
      throws Exception {
    ECPrivateKey any = (ECPrivateKey) keys("ES384").getPrivate();
    var curve = any.getParams();
    var prime = ((ECFieldFp) curve.getCurve().getField()).getP();

    var one = PublicHalf.of(ecKey(any, BigInteger.ONE)).getW();
    var largest = PublicHalf.of(ecKey(any, curve.getOrder().subtract(BigInteger.ONE))).getW();

    assertThat(one).isEqualTo(curve.getGenerator());
    assertThat(largest.getAffineX()).isEqualTo(one.getAffineX());
    assertThat(largest.getAffineY()).isEqualTo(prime.subtract(one.getAffineY()));
  }

  private static ECPrivateKey ecKey(ECPrivateKey like, BigInteger value) throws Exception {
    return (ECPrivateKey)
        KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(value, like.getParams()));
  }

  @ParameterizedTest
  @CsvSource({
    "RS384, '{\"e\":\"%e\",\"kty\":\"RSA\",\"n\":\"%n\"}'",
    "ES384, '{\"crv\":\"P-384\",\"kty\":\"EC\",\"x\":\"%x\",\"y\":\"%y\"}'"
  })
  void without_an_id_it_is_named_by_its_thumbprint(String algorithm, String canonical)
      throws Exception {
    SigningKey key = SigningKey.parse(TestKeys.pkcs8(keys(algorithm).getPrivate()), null);

    JsonNode jwk = onlyKey(key);

    // RFC 7638 §3: SHA-256 over the required members in order, without white space.
    String text = canonical;
    for (String member : List.of("e", "n", "x", "y")) {
      text = text.replace("%" + member, jwk.path(member).asText());
    }
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
    assertThat(jwk.path("kid").asText())
        .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
  }

  @ParameterizedTest
  @CsvSource({"RS384", "ES384"})
  void a_server_that_knows_the_published_key_alone_accepts_the_client(String algorithm)
      throws Exception {
    SigningKey key = SigningKey.parse(TestKeys.pkcs8(keys(algorithm).getPrivate()), null);
    JsonNode published = onlyKey(key);
    partner.registerKey(published.path("kid").asText(), publicKey(published));

    opened(b -> b.backendServices(partner.clientId(), key)).startExport(EVERYTHING);

    String form = controlRequests("POST", "/oauth2/token").get(0).bodyText();
    String assertion = form.replaceAll(".*client_assertion=([^&]*).*", "$1");
    SignedJWT jwt = SignedJWT.parse(URLDecoder.decode(assertion, StandardCharsets.US_ASCII));
    assertThat(jwt.getHeader().getKeyID()).isEqualTo(published.path("kid").asText());
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void the_private_half_is_in_no_text() throws Exception {
    KeyPair keys = keys("ES384");
    ObjectNode jwk =
        (ObjectNode) JsonTree.read(TestKeys.jwk(keys, "k").getBytes(StandardCharsets.UTF_8));

    SigningKey key = SigningKey.parse(jwk.toString(), null);

    assertThat(key.publicJwks()).doesNotContain(jwk.path("d").asText());
    assertThat(key.toString()).isEqualTo("SigningKey ES384");
  }
}
