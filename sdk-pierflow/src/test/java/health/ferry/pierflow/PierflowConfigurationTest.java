package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import health.ferry.testkit.Canary;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients made from settings and from environment variables. */
class PierflowConfigurationTest extends PierflowServerTest {

  private static List<String> refused(Map<String, String> variables) {
    return refused(() -> PierflowEnvironment.client(variables::get).close());
  }

  private static List<String> refused(Runnable setting) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, setting::run);
    assertThat(refused).isNotNull();
    Canary.assertAbsent(refused);
    return refused.violations().stream().map(Violation::path).toList();
  }

  private static List<String> refused(String baseUrl, String key) {
    return refused(() -> PierflowClient.builder(baseUrl, Secret.of(key)).build().close());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "/v1", "/v1/", "//"})
  void the_base_url_may_have_v1_and_a_slash(String end) {
    answers(json(200, "{\"packages\":[]}"));
    try (PierflowClient client = client(baseUrl() + end)) {
      client.listPackages(ORGANIZATION);
    }
    assertThat(requests().get(0).getUrl())
        .isEqualTo("/v1/organizations/org_lagos_general_clinic/import-packages?status=READY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/gateway", "/gateway/", "/gateway/v1", "/gateway/v1/"})
  void the_base_url_may_lie_below_a_gateways_path(String path) {
    answers(json(200, "{\"packages\":[]}"));
    try (PierflowClient client = client(baseUrl() + path)) {
      client.listPackages("o");
    }
    assertThat(requests().get(0).getUrl())
        .isEqualTo("/gateway/v1/organizations/o/import-packages?status=READY");
  }

  @Test
  void two_variables_make_a_client() {
    answers(json(200, "{\"packages\":[]}"));
    try (PierflowClient client =
        PierflowEnvironment.client(
            Map.of("PIERFLOW_BASE_URL", baseUrl() + "/v1/", "PIERFLOW_KEY", KEY)::get)) {
      client.listPackages(ORGANIZATION);
    }
    assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Bearer " + KEY);
  }

  @Test
  void every_missing_variable_is_named_at_once() {
    assertThat(refused(Map.of())).containsExactlyInAnyOrder("PIERFLOW_BASE_URL", "PIERFLOW_KEY");
    assertThat(refused(Map.of("PIERFLOW_BASE_URL", " ", "PIERFLOW_KEY", "")))
        .containsExactlyInAnyOrder("PIERFLOW_BASE_URL", "PIERFLOW_KEY");
  }

  @Test
  void every_wrong_variable_is_named_without_its_value() {
    assertThat(
            refused(
                Map.of(
                    "PIERFLOW_BASE_URL",
                    "http://www.pierflow.com/?" + Canary.SECRET,
                    "PIERFLOW_KEY",
                    "sk_test_" + Canary.SECRET)))
        .containsExactlyInAnyOrder("PIERFLOW_BASE_URL", "PIERFLOW_BASE_URL", "PIERFLOW_KEY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.pierflow.com",
        "ftp://www.pierflow.com",
        "http://www.pierflow.com",
        "https://user:word@www.pierflow.com",
        "https://www.pierflow.com/?a=b",
        "https://www.pierflow.com/#a"
      })
  void a_base_url_that_is_none_is_refused(String baseUrl) {
    assertThat(refused(baseUrl, KEY)).containsExactly("baseUrl");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk_test_", "Bearer pf_test_sk_", "PF_test_sk_", "pf_test sk_", "pf_é"})
  void a_key_that_is_none_is_refused(String beginning) {
    assertThat(refused(baseUrl(), beginning + Canary.SECRET)).containsExactly("key");
  }

  @Test
  void a_key_of_any_length_is_a_key() {
    PierflowClient.builder(baseUrl(), Secret.of("pf_live_sk_a")).build().close();
    PierflowClient.builder(baseUrl(), Secret.of("pf_test_sk_" + "a".repeat(64))).build().close();
  }

  @Test
  void wrong_settings_are_named_at_once() {
    assertThat(
            refused(
                () ->
                    PierflowClient.builder("pierflow", Secret.of(Canary.SECRET))
                        .transport(options -> options.connectTimeout(Duration.ZERO))
                        .build()))
        .containsExactlyInAnyOrder("baseUrl", "key", "connectTimeout");
  }
}
