package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import health.ferry.core.Progress.Kind;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.RecordedRequest;
import health.ferry.testkit.Step;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SMART Backend Services, seen by a server that checks every signature and claim. */
class BackendServicesTest extends SandboxTest {

  private static KeyPair keys(String algorithm) throws Exception {
    return algorithm.equals("RS384") ? TestKeys.rsa(2048) : TestKeys.ec("secp384r1");
  }

  private BulkFhirClient signing(String key, UnaryOperator<BulkFhirClientBuilder> change) {
    return opened(
        b -> change.apply(b.backendServices(partner.clientId(), SigningKey.parse(key, "key-7"))));
  }

  private BulkFhirClient signing(UnaryOperator<BulkFhirClientBuilder> change) throws Exception {
    KeyPair keys = keys("ES384");
    partner.registerKey("key-7", keys.getPublic());
    return signing(TestKeys.pkcs8(keys.getPrivate()), change);
  }

  private List<RecordedRequest> tokenRequests() {
    return controlRequests("POST", "/oauth2/token");
  }

  private static Map<String, String> form(RecordedRequest request) {
    return Arrays.stream(request.bodyText().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(
                pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
  }

  private static SignedJWT assertion(RecordedRequest request) throws Exception {
    return SignedJWT.parse(form(request).get("client_assertion"));
  }

  @ParameterizedTest
  @CsvSource({"RS384, pem", "RS384, jwk", "ES384, pem", "ES384, jwk"})
  void both_algorithms_sign_with_keys_of_both_forms(String algorithm, String form)
      throws Exception {
    KeyPair keys = keys(algorithm);
    partner.registerKey("key-7", keys.getPublic());
    String key =
        form.equals("pem") ? TestKeys.pkcs8(keys.getPrivate()) : TestKeys.jwk(keys, "ignored");

    ExportResult result = signing(key, b -> b).export(EVERYTHING, out());

    assertThat(result.isComplete()).isTrue();
    assertThat(tokenRequests()).hasSize(1);
    SignedJWT assertion = assertion(tokenRequests().get(0));
    assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo(algorithm);
    assertThat(assertion.getHeader().getKeyID()).isEqualTo("key-7");
    assertThat(assertion.getHeader().getType()).isEqualTo(JOSEObjectType.JWT);
  }

  @Test
  void the_form_and_the_claims_are_those_of_the_standard() throws Exception {
    Instant before = Instant.now().minusSeconds(1);

    signing(b -> b).startExport(EVERYTHING);

    RecordedRequest request = tokenRequests().get(0);
    assertThat(form(request))
        .containsOnlyKeys("grant_type", "scope", "client_assertion_type", "client_assertion")
        .containsEntry("grant_type", "client_credentials")
        .containsEntry("scope", "system/*.rs")
        .containsEntry(
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assertThat(request.header("Content-Type")).contains("application/x-www-form-urlencoded");
    assertThat(request.header("Accept")).contains("application/json");
    assertThat(request.header("Authorization")).isEmpty();
    JWTClaimsSet claims = assertion(request).getJWTClaimsSet();
    assertThat(claims.getIssuer()).isEqualTo(partner.clientId());
    assertThat(claims.getSubject()).isEqualTo(partner.clientId());
    assertThat(claims.getAudience()).containsExactly(partner.tokenUrl());
    assertThat(claims.getJWTID()).matches("[0-9a-f-]{36}");
    assertThat(claims.getIssueTime()).isBetween(before, Instant.now().plusSeconds(1));
    assertThat(claims.getExpirationTime())
        .isEqualTo(claims.getIssueTime().toInstant().plus(Duration.ofMinutes(4)));
  }

  @Test
  void each_attempt_has_an_assertion_of_its_own() throws Exception {
    partner.script(
        Step.TOKEN, ControlAnswer.status(503), ControlAnswer.lost(), ControlAnswer.asUsual());

    signing(b -> b).startExport(EVERYTHING);

    assertThat(tokenRequests()).hasSize(3);
    assertThat(
            List.of(
                assertion(tokenRequests().get(0)).getJWTClaimsSet().getJWTID(),
                assertion(tokenRequests().get(1)).getJWTClaimsSet().getJWTID(),
                assertion(tokenRequests().get(2)).getJWTClaimsSet().getJWTID()))
        .doesNotHaveDuplicates();
  }

  @Test
  void the_token_url_is_found_below_the_base_and_once() throws Exception {
    BulkFhirClient client = signing(b -> b);
    client.startExport(EVERYTHING);
    partner.revokeTokens();
    client.startExport(EVERYTHING);

    assertThat(tokenRequests()).hasSize(2);
    List<RecordedRequest> discoveries = controlRequests("GET", "smart-configuration");
    assertThat(discoveries).hasSize(1);
    assertThat(discoveries.get(0).target()).isEqualTo("/fhir/R4/.well-known/smart-configuration");
    assertThat(discoveries.get(0).header("Accept")).contains("application/json");
    assertThat(discoveries.get(0).header("Authorization")).isEmpty();
  }

  @Test
  void a_token_url_that_was_given_comes_before_the_servers() throws Exception {
    partner.script(
        Step.DISCOVERY, ControlAnswer.json(200, "{\"token_endpoint\":\"https://elsewhere\"}"));

    signing(b -> b.tokenUrl(partner.tokenUrl())).startExport(EVERYTHING);

    assertThat(tokenRequests()).hasSize(1);
  }

  @Test
  void another_scope_is_asked_for_as_given() throws Exception {
    signing(b -> b.scope("system/Patient.rs system/Observation.rs")).startExport(EVERYTHING);

    assertThat(form(tokenRequests().get(0)))
        .containsEntry("scope", "system/Patient.rs system/Observation.rs");
  }

  @Test
  void a_token_that_is_revoked_in_mid_export_is_replaced_once() throws Exception {
    ExportResult result =
        signing(b -> b)
            .export(
                EVERYTHING,
                out(),
                o ->
                    o.onProgress(
                        step -> {
                          if (step.kind() == Kind.RESULT_KNOWN) {
                            partner.revokeTokens();
                          }
                        }));

    assertThat(result.failures()).isEmpty();
    assertThat(tokenRequests()).hasSize(2);
    assertThat(partner.kickOffs()).isEqualTo(1);
    assertThat(partner.polls()).isEqualTo(2);
  }
}
