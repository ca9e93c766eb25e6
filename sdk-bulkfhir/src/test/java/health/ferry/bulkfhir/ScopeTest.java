package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.Secret;
import health.ferry.core.ValidationException;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.RecordedRequest;
import health.ferry.testkit.Step;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scope is asked for: no more than an export needs, in the syntax that the server reads. */
class ScopeTest extends SandboxTest {

  private static final ControlAnswer INVALID_SCOPE =
      ControlAnswer.json(400, "{\"error\":\"invalid_scope\"}");

  private BulkFhirClient signing(UnaryOperator<BulkFhirClientBuilder> change) throws Exception {
    KeyPair keys = TestKeys.ec("secp384r1");
    partner.registerKey(keys.getPublic());
    SigningKey key = SigningKey.parse(TestKeys.pkcs8(keys.getPrivate()), null);
    return opened(b -> change.apply(b.backendServices(partner.clientId(), key)));
  }

  private static ExportRequest types(ExportRequest.Builder level, String... types) {
    return level.types(types).build();
  }

  private List<String> scopes() {
    return controlRequests("POST", "/oauth2/token").stream().map(ScopeTest::scope).toList();
  }

  private static String scope(RecordedRequest request) {
    return Arrays.stream(request.bodyText().split("&"))
        .filter(pair -> pair.startsWith("scope="))
        .map(pair -> URLDecoder.decode(pair.substring(6), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("none");
  }

  private void declares(String capabilities, String scopesSupported) {
    partner.script(
        Step.DISCOVERY,
        ControlAnswer.json(
            200,
            "{\"token_endpoint\":\"%s\",\"capabilities\":[%s],\"scopes_supported\":[%s]}"
                .formatted(partner.tokenUrl(), quoted(capabilities), quoted(scopesSupported))));
  }

  private static String quoted(String list) {
    return list.isEmpty() ? "" : "\"" + list.replace(" ", "\",\"") + "\"";
  }

  @ParameterizedTest
  @CsvSource({
    "permission-v1, '', system/*.read",
    "permission-v1, system/*.rs, system/*.read",
    "permission-v2, '', system/*.rs",
    "permission-v1 permission-v2, system/*.read, system/*.rs",
    "'', '', system/*.read",
    "'', openid system/Patient.read, system/*.read",
    "'', user/Patient.rs, system/*.read",
    "'', system/*.read system/Patient.rs, system/*.rs",
    "'', system/Observation.rs?category=laboratory, system/*.rs"
  })
  void the_server_decides_how_a_scope_is_written(
      String capabilities, String scopesSupported, String scope) throws Exception {
    declares(capabilities, scopesSupported);

    signing(b -> b).startExport(EVERYTHING);

    assertThat(scopes()).containsExactly(scope);
  }

  @Test
  void a_server_whose_token_url_was_given_decides_it_too() throws Exception {
    signing(b -> b.tokenUrl(partner.tokenUrl())).startExport(EVERYTHING);

    assertThat(scopes()).containsExactly("system/*.rs");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 404, 500})
  void without_discovery_it_is_written_in_the_older_way(int status) throws Exception {
    partner.script(Step.DISCOVERY, 9, ControlAnswer.html(status));

    signing(b -> b.tokenUrl(partner.tokenUrl())).startExport(EVERYTHING);

    assertThat(scopes()).containsExactly("system/*.read");
  }

  @Test
  void discovery_that_asks_for_patience_does_not_hold_up_the_token() throws Exception {
    partner.script(Step.DISCOVERY, 9, ControlAnswer.status(503).header("Retry-After", "100"));

    signing(b -> b.tokenUrl(partner.tokenUrl())).startExport(EVERYTHING);

    assertThat(scopes()).containsExactly("system/*.read");
  }

  @Test
  void the_types_of_the_export_are_asked_for_and_where_its_address_stands() throws Exception {
    BulkFhirClient client = signing(b -> b);
    client.startExport(types(ExportRequest.system(), "Observation", "Condition"));
    client.startExport(types(ExportRequest.patients(), "Observation"));
    client.startExport(types(ExportRequest.group(partner.groupId()), "Observation"));

    assertThat(scopes())
        .containsExactly(
            "system/Condition.rs system/Observation.rs",
            "system/Observation.rs system/Patient.rs",
            "system/Group.rs system/Observation.rs system/Patient.rs");
  }

  @Test
  void associated_data_is_asked_for_too() {
    assertThat(SystemScopes.of(with("LatestProvenanceResources")).text(ScopeSyntax.V2))
        .isEqualTo("system/Goal.rs system/Provenance.rs");
    assertThat(SystemScopes.of(with("_custom"))).isEqualTo(SystemScopes.ALL);
  }

  @Test
  void attachments_are_asked_for_as_binaries() {
    ExportRequest goals = types(ExportRequest.system(), "Goal");
    ExportOptions plain = ExportOptions.defaults();

    assertThat(SystemScopes.of(goals, plain.attachments()).text(ScopeSyntax.V1))
        .isEqualTo("system/Binary.read system/Goal.read");
    assertThat(SystemScopes.of(goals, plain).text(ScopeSyntax.V1)).isEqualTo("system/Goal.read");
    assertThat(SystemScopes.of(EVERYTHING, plain.attachments())).isEqualTo(SystemScopes.ALL);
  }

  private static ExportRequest with(String associatedData) {
    return ExportRequest.system().types("Goal").includeAssociatedData(associatedData).build();
  }

  @Test
  void exports_of_the_same_types_share_a_token_and_an_export_uses_one_throughout()
      throws Exception {
    BulkFhirClient client = signing(b -> b);
    ExportResult result =
        client.export(types(ExportRequest.patients(), "Patient", "Observation"), out());
    client.startExport(types(ExportRequest.patients(), "Observation", "Patient"));

    assertThat(result.isComplete()).isTrue();
    assertThat(scopes()).hasSize(1);
    assertThat(
            partner.requests().stream()
                .filter(r -> !r.path().matches(".*(token|\\.well-known.*|metadata)"))
                .map(r -> r.header("Authorization").orElse("none"))
                .distinct())
        .hasSize(1)
        .allMatch(header -> header.startsWith("Bearer "));
  }

  @Test
  void a_job_taken_up_again_and_client_credentials_do_not_narrow() throws Exception {
    BulkFhirClient client = signing(b -> b);
    String token = client.startExport(types(ExportRequest.system(), "Patient")).resumeToken();
    client.resume(token).poll();
    opened(b -> b.clientCredentials(partner.clientId(), Secret.of(partner.clientSecret())))
        .startExport(types(ExportRequest.system(), "Patient"));

    assertThat(scopes()).containsExactly("system/Patient.rs", "system/*.rs", "none");
  }

  @Test
  void a_scope_that_the_caller_named_is_asked_for_whatever_is_exported() throws Exception {
    BulkFhirClient client = signing(b -> b.scope("system/Goal.read system/Observation.read"));
    client.startExport(EVERYTHING);
    client.startExport(types(ExportRequest.system(), "Observation"));

    assertThat(scopes()).containsExactly("system/Goal.read system/Observation.read");
    assertThat(controlRequests("GET", "smart-configuration")).hasSize(1);
  }

  @Test
  void a_narrow_scope_that_is_refused_is_given_up_for_all_types_and_not_tried_again()
      throws Exception {
    partner.script(Step.TOKEN, INVALID_SCOPE);
    BulkFhirClient client = signing(b -> b);
    ExportRequest request = types(ExportRequest.system(), "Patient");

    client.startExport(request);
    partner.revokeTokens();
    client.startExport(request);

    assertThat(scopes()).containsExactly("system/Patient.rs", "system/*.rs", "system/*.rs");
  }

  @Test
  void a_scope_for_all_types_that_is_refused_surfaces() throws Exception {
    partner.script(Step.TOKEN, 2, INVALID_SCOPE);
    BulkFhirClient client = signing(b -> b);

    ValidationException refused =
        catchThrowableOfType(
            ValidationException.class,
            () -> client.startExport(types(ExportRequest.system(), "Patient")));

    assertThat(refused.errorCode()).contains("invalid_scope");
    assertThat(scopes()).containsExactly("system/Patient.rs", "system/*.rs");
    assertThat(partner.kickOffs()).isZero();
  }

  @Test
  void another_refusal_is_no_matter_of_the_scope() throws Exception {
    partner.script(Step.TOKEN, ControlAnswer.json(400, "{\"error\":\"invalid_client\"}"));
    BulkFhirClient client = signing(b -> b);

    ValidationException refused =
        catchThrowableOfType(
            ValidationException.class,
            () -> client.startExport(types(ExportRequest.system(), "Patient")));

    assertThat(refused.errorCode()).contains("invalid_client");
    assertThat(scopes()).containsExactly("system/Patient.rs");
  }

  @Test
  void a_scope_that_is_granted_in_part_is_told_once() throws Exception {
    partner.script(
        Step.TOKEN,
        2,
        ControlAnswer.json(
            200,
            "{\"access_token\":\"%s\",\"expires_in\":\"300\",\"scope\":\"system/Patient.rs\"}"
                .formatted(partner.staticToken())));
    BulkFhirClient client = signing(b -> b);
    ExportRequest request = types(ExportRequest.patients(), "Patient", "Observation", "Goal");
    partner.script(Step.KICK_OFF, ControlAnswer.status(401));

    String log = logged(() -> client.startExport(request));

    assertThat(scopes()).hasSize(2);
    assertThat(log.lines().filter(line -> line.contains("WARN")))
        .hasSize(1)
        .allMatch(
            line ->
                line.endsWith(
                    "The token can read less than it was asked for: not Goal, Observation"));
  }

  private static String logged(Runnable action) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    PrintStream console = System.err;
    System.setErr(new PrintStream(text, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setErr(console);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
