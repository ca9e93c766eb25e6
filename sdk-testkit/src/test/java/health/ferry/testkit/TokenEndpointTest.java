package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tokens: how to get one, and how long it is good. */
class TokenEndpointTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(PartnerSandbox.builder().patients(1));

  private static final KeyPair RSA = rsa();
  private static final KeyPair EC = ec();
  private static final String GRANT = "grant_type=client_credentials&scope=system%2F*.rs";

  private BulkFhirPartner partner;

  @BeforeEach
  void defaults(BulkFhirPartner sandbox) {
    partner = sandbox;
    partner.options(BulkFhirOptions.defaults());
    partner.registerKey(RSA.getPublic());
    partner.registerKey("ec-key", EC.getPublic());
  }

  private static KeyPair rsa() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair ec() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp384r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private String basic(String secret) {
    String pair = partner.clientId() + ":" + secret;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
  }

  private int kickOffWith(String token) throws IOException, InterruptedException {
    return Http.get(partner.baseUrl() + "/$export", "Authorization", "Bearer " + token)
        .statusCode();
  }

  private HttpResponse<String> withSecret() throws IOException, InterruptedException {
    return Http.postForm(partner.tokenUrl(), GRANT, "Authorization", basic(partner.clientSecret()));
  }

  @Test
  void gives_a_token_for_basic_credentials() throws Exception {
    int before = partner.tokenRequests();
    HttpResponse<String> answer = withSecret();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Http.json(answer).path("expires_in").asInt()).isEqualTo(300);
    assertThat(Http.json(answer).path("token_type").asText()).isEqualToIgnoringCase("bearer");
    assertThat(Http.json(answer).path("scope").asText()).isEqualTo("system/*.rs");
    String token = Http.json(answer).path("access_token").asText();
    assertThat(token).contains(Canary.SECRET);
    assertThat(kickOffWith(token)).isEqualTo(202);
    assertThat(partner.tokenRequests()).isEqualTo(before + 1);
    HttpResponse<String> wrong =
        Http.postForm(partner.tokenUrl(), GRANT, "Authorization", basic("wrong"));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(Http.json(wrong).path("error").asText()).isEqualTo("invalid_client");
  }

  @Test
  void gives_a_token_for_credentials_in_the_form() throws Exception {
    String form = GRANT + "&client_id=" + partner.clientId() + "&client_secret=";
    assertThat(Http.postForm(partner.tokenUrl(), form + partner.clientSecret()).statusCode())
        .isEqualTo(200);
    assertInvalidClient(Http.postForm(partner.tokenUrl(), form + "wrong"));
    HttpResponse<String> grant = Http.postForm(partner.tokenUrl(), "grant_type=password");
    assertThat(grant.statusCode()).isEqualTo(400);
    assertThat(Http.json(grant).path("error").asText()).isEqualTo("unsupported_grant_type");
  }

  @Test
  void refuses_a_call_without_a_good_token() throws Exception {
    assertThat(Http.get(partner.baseUrl() + "/$export").statusCode()).isEqualTo(401);
    assertThat(kickOffWith("made-up")).isEqualTo(401);
    assertThat(kickOffWith(partner.staticToken())).isEqualTo(202);
  }

  @Test
  void ends_tokens_when_revoked_and_when_their_time_is_over() throws Exception {
    String token = Http.json(withSecret()).path("access_token").asText();
    partner.revokeTokens();
    assertThat(kickOffWith(token)).isEqualTo(401);
    assertThat(kickOffWith(partner.staticToken())).isEqualTo(202);
    partner.options(BulkFhirOptions.defaults().tokenLifetime(Duration.ZERO));
    HttpResponse<String> dead = withSecret();
    assertThat(Http.json(dead).path("expires_in").asInt(-1)).isZero();
    assertThat(kickOffWith(Http.json(dead).path("access_token").asText())).isEqualTo(401);
  }

  @Test
  void describes_itself_at_the_base() throws Exception {
    HttpResponse<String> answer = Http.get(partner.baseUrl() + "/.well-known/smart-configuration");
    assertThat(Http.json(answer).path("token_endpoint").asText()).isEqualTo(partner.tokenUrl());
    assertThat(Http.get(partner.baseUrl() + "/metadata").body()).contains("group-export|2.0.0");
  }

  @Test
  void takes_an_assertion_signed_with_rs384_or_es384() throws Exception {
    assertThat(present(new Claims().signed("RS384", RSA.getPrivate())).statusCode()).isEqualTo(200);
    Claims claims = new Claims();
    claims.kid = "ec-key";
    assertThat(present(claims.signed("ES384", EC.getPrivate())).statusCode()).isEqualTo(200);
  }

  @Test
  void takes_an_assertion_once() throws Exception {
    String assertion = new Claims().signed("RS384", RSA.getPrivate());
    assertThat(present(assertion).statusCode()).isEqualTo(200);
    assertInvalidClient(present(assertion));
  }

  @Test
  void refuses_an_assertion_with_a_wrong_claim_key_or_signature() throws Exception {
    Claims audience = new Claims();
    audience.aud = partner.baseUrl();
    assertInvalidClient(present(audience.signed("RS384", RSA.getPrivate())));
    Claims issuer = new Claims();
    issuer.iss = "somebody";
    assertInvalidClient(present(issuer.signed("RS384", RSA.getPrivate())));
    Claims subject = new Claims();
    subject.sub = "somebody";
    assertInvalidClient(present(subject.signed("RS384", RSA.getPrivate())));
    Claims late = new Claims();
    late.exp = Instant.now().plusSeconds(400);
    assertInvalidClient(present(late.signed("RS384", RSA.getPrivate())));
    Claims over = new Claims();
    over.exp = Instant.now().minusSeconds(1);
    assertInvalidClient(present(over.signed("RS384", RSA.getPrivate())));
    Claims nameless = new Claims();
    nameless.jti = "";
    assertInvalidClient(present(nameless.signed("RS384", RSA.getPrivate())));
    assertInvalidClient(present(new Claims().signed("RS384", rsa().getPrivate())));
    Claims kid = new Claims();
    kid.kid = "other-key";
    assertInvalidClient(present(kid.signed("ES384", EC.getPrivate())));
    assertInvalidClient(present(new Claims().signed("RS256", RSA.getPrivate())));
    assertInvalidClient(present("not.a.jwt"));
  }

  @Test
  void demands_iat_when_told() throws Exception {
    partner.options(BulkFhirOptions.defaults().tokens(rules -> rules.needsIat(true)));
    assertInvalidClient(present(new Claims().signed("RS384", RSA.getPrivate())));
    Claims dated = new Claims();
    dated.iat = ",\"iat\":" + Instant.now().getEpochSecond();
    assertThat(present(dated.signed("RS384", RSA.getPrivate())).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> present(String assertion) throws IOException, InterruptedException {
    return Http.postForm(
        partner.tokenUrl(),
        GRANT
            + "&client_assertion_type="
            + URLEncoder.encode(
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", StandardCharsets.UTF_8)
            + "&client_assertion="
            + assertion);
  }

  private static void assertInvalidClient(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Http.json(answer).path("error").asText()).isEqualTo("invalid_client");
  }

  /** An assertion's content, good unless changed. */
  private final class Claims {
    private String kid = "any";
    private String iss = partner.clientId();
    private String sub = partner.clientId();
    private String aud = partner.tokenUrl();
    private Instant exp = Instant.now().plusSeconds(240);
    private String jti = UUID.randomUUID().toString();
    private String iat = "";

    String signed(String alg, PrivateKey key) throws GeneralSecurityException {
      String header = "{\"alg\":\"%s\",\"typ\":\"JWT\",\"kid\":\"%s\"}".formatted(alg, kid);
      String claims =
          "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"exp\":%d,\"jti\":\"%s\"%s}"
              .formatted(iss, sub, aud, exp.getEpochSecond(), jti, iat);
      String content = encoded(header) + "." + encoded(claims);
      Signature signature =
          Signature.getInstance(
              switch (alg) {
                case "ES384" -> "SHA384withECDSAinP1363Format";
                case "RS384" -> "SHA384withRSA";
                default -> "SHA256withRSA";
              });
      signature.initSign(key);
      signature.update(content.getBytes(StandardCharsets.US_ASCII));
      return content
          + "."
          + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private String encoded(String text) {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
