package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a token is good for: scopes, time, number of uses. */
class TokenRulesTest extends FreshSandbox {

  private static final BulkFhirOptions AT_ONCE = BulkFhirOptions.defaults().pollsUntilDone(0);

  @BeforeEach
  void at_once() {
    partner.options(AT_ONCE);
  }

  private HttpResponse<String> ask(String scope) throws Exception {
    return Http.postForm(
        partner.tokenUrl(),
        "grant_type=client_credentials&scope="
            + URLEncoder.encode(scope, StandardCharsets.UTF_8)
            + "&client_id="
            + partner.clientId()
            + "&client_secret="
            + partner.clientSecret());
  }

  private String[] token(String scope) throws Exception {
    HttpResponse<String> answer = ask(scope);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new String[] {
      "Authorization", "Bearer " + Http.json(answer).path("access_token").asText()
    };
  }

  private int kickOff(String types, String... token) throws Exception {
    return Http.get(partner.baseUrl() + "/$export?_type=" + types, token).statusCode();
  }

  private JsonNode smartConfiguration() throws Exception {
    return Http.json(Http.get(partner.baseUrl() + "/.well-known/smart-configuration"));
  }

  @ParameterizedTest
  @CsvSource({
    "system/*.rs, Patient, 202",
    "system/*.read, Patient, 202",
    "system/*.*, Patient, 202",
    "system/Patient.rs, Patient, 202",
    "system/Patient.read system/Condition.read, 'Patient,Condition', 202",
    "system/Patient.rs, 'Patient,Condition', 403",
    "system/Patient.s, Patient, 403",
    "system/Patient.write, Patient, 403",
    "user/*.rs, Patient, 403"
  })
  void lets_through_the_types_that_the_scopes_cover(String scope, String types, int status)
      throws Exception {
    assertThat(kickOff(types, token(scope))).isEqualTo(status);
  }

  @Test
  void exports_what_the_scopes_cover_when_no_type_is_named() throws Exception {
    String[] token = token("system/Patient.rs system/Condition.rs");
    Http.get(partner.baseUrl() + "/$export", token);
    JsonNode manifest = Http.json(Http.get(partner.lastJob().statusUrl(), token));
    assertThat(manifest.path("output").findValuesAsText("type"))
        .containsExactly("Condition", "Patient");
  }

  @Test
  void tells_deletions_and_provenance_within_the_scopes() throws Exception {
    String since = calls.manifestOf("/$export").path("transactionTime").asText();
    String patient = partner.patientIds().get(0);
    partner.delete("Condition", patient + "-condition");
    partner.put("{\"resourceType\":\"Patient\",\"id\":\"" + patient + "\"}");
    String query = "/$export?includeAssociatedData=LatestProvenanceResources&_since=" + since;
    String[] narrow = token("system/Patient.rs");
    Http.get(partner.baseUrl() + query, narrow);
    JsonNode manifest = Http.json(Http.get(partner.lastJob().statusUrl(), narrow));
    assertThat(manifest.path("output").findValuesAsText("type")).containsExactly("Patient");
    assertThat(manifest.path("deleted")).isEmpty();
    JsonNode all = calls.manifestOf(query);
    assertThat(all.path("output").findValuesAsText("type"))
        .containsExactly("Patient", "Provenance");
    assertThat(all.path("deleted")).hasSize(1);
  }

  @Test
  void grants_everything_when_no_scope_is_asked_for() throws Exception {
    assertThat(kickOff("Patient,Condition", token(""))).isEqualTo(202);
  }

  @Test
  void grants_fewer_scopes_than_asked() throws Exception {
    partner.options(AT_ONCE.tokens(rules -> rules.grants("system/Patient.rs")));
    assertThat(Http.json(ask("system/*.rs")).path("scope").asText()).isEqualTo("system/Patient.rs");
    assertThat(kickOff("Condition", token("system/*.rs"))).isEqualTo(403);
    assertThat(kickOff("Patient", token("system/*.rs"))).isEqualTo(202);
  }

  @ParameterizedTest
  @CsvSource({
    "true, false, system/*.read, permission-v1, system/*.rs",
    "false, true, system/*.rs, permission-v2, system/*.read"
  })
  void takes_scopes_in_the_form_that_it_names(
      boolean v1, boolean v2, String taken, String capability, String refused) throws Exception {
    partner.options(AT_ONCE.tokens(rules -> rules.permissions(v1, v2)));
    JsonNode configuration = smartConfiguration();
    assertThat(configuration.path("capabilities").toString())
        .isEqualTo("[\"client-confidential-asymmetric\",\"" + capability + "\"]");
    assertThat(configuration.path("scopes_supported").toString()).isEqualTo("[\"" + taken + "\"]");
    assertThat(ask(taken).statusCode()).isEqualTo(200);
    HttpResponse<String> answer = ask(refused);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Http.json(answer).path("error").asText()).isEqualTo("invalid_scope");
  }

  @Test
  void ends_a_token_by_the_clock_that_a_test_moves() throws Exception {
    partner.options(AT_ONCE.tokens(rules -> rules.lifetime(Duration.ofSeconds(50))));
    String[] token = token("system/*.rs");
    partner.moveClock(Duration.ofSeconds(20));
    assertThat(kickOff("Patient", token)).isEqualTo(202);
    partner.moveClock(Duration.ofSeconds(31));
    assertThat(kickOff("Patient", token)).isEqualTo(401);
    partner.moveClock(Duration.ofSeconds(-31));
    assertThat(kickOff("Patient", token)).isEqualTo(202);
  }

  @Test
  void ends_a_token_after_so_many_uses_files_included() throws Exception {
    partner.options(AT_ONCE.tokens(rules -> rules.uses(3)));
    String[] token = token("system/*.rs");
    assertThat(kickOff("Patient", token)).isEqualTo(202);
    String file =
        Http.json(Http.get(partner.lastJob().statusUrl(), token)).at("/output/0/url").asText();
    assertThat(Http.get(file, token).statusCode()).isEqualTo(200);
    assertThat(Http.get(file, token).statusCode()).isEqualTo(401);
    assertThat(kickOff("Patient", token)).isEqualTo(401);
    assertThat(Http.get(file, token("system/*.rs")).statusCode()).isEqualTo(200);
  }
}
