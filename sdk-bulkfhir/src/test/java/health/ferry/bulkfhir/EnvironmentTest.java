package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import health.ferry.testkit.Canary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients made from environment variables. */
class EnvironmentTest extends SandboxTest {

  private static List<String> refused(Map<String, String> variables) {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> BulkFhirEnvironment.client(variables::get));
    assertThat(refused).isNotNull();
    Canary.assertAbsent(refused);
    return refused.violations().stream().map(Violation::path).toList();
  }

  private void assertExports(Map<String, String> variables) {
    try (BulkFhirClient client = BulkFhirEnvironment.client(variables::get)) {
      client.startExport(EVERYTHING);
    }
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void a_base_url_alone_is_enough_for_an_open_server() {
    options(o -> o.requireAuth(false));
    assertExports(Map.of("BULKFHIR_BASE_URL", partner.baseUrl(), "BULKFHIR_CLIENT_ID", " "));
  }

  @Test
  void id_and_secret_make_client_credentials() {
    assertExports(
        Map.of(
            "BULKFHIR_BASE_URL", partner.baseUrl() + "/",
            "BULKFHIR_TOKEN_URL", partner.tokenUrl(),
            "BULKFHIR_CLIENT_ID", partner.clientId(),
            "BULKFHIR_CLIENT_SECRET", partner.clientSecret()));
    assertThat(controlRequests("POST", "/token").get(0).header("Authorization")).isPresent();
    assertThat(controlRequests("GET", "smart-configuration")).isEmpty();
  }

  @Test
  void id_and_key_file_make_backend_services() throws Exception {
    KeyPair keys = TestKeys.ec("secp384r1");
    partner.registerKey("key-3", keys.getPublic());
    Path file = Files.writeString(folder.resolve("key.jwk"), TestKeys.jwk(keys, "key-3"));
    assertExports(
        Map.of(
            "BULKFHIR_BASE_URL", partner.baseUrl(),
            "BULKFHIR_CLIENT_ID", partner.clientId(),
            "BULKFHIR_PRIVATE_KEY_FILE", file.toString()));
  }

  @Test
  void nothing_set_names_the_base_url() {
    assertThat(refused(Map.of())).containsExactly("BULKFHIR_BASE_URL");
  }

  @Test
  void every_wrong_variable_is_named_at_once() {
    assertThat(
            refused(
                Map.of(
                    "BULKFHIR_BASE_URL", "ftp://" + Canary.SECRET,
                    "BULKFHIR_TOKEN_URL", "http://fhir.example.org/" + Canary.SECRET,
                    "BULKFHIR_CLIENT_SECRET", Canary.SECRET + "\nmore",
                    "BULKFHIR_PRIVATE_KEY_FILE", folder.resolve("none").toString())))
        .containsExactlyInAnyOrder(
            "BULKFHIR_BASE_URL",
            "BULKFHIR_TOKEN_URL",
            "BULKFHIR_CLIENT_SECRET",
            "BULKFHIR_PRIVATE_KEY_FILE");
  }

  @Test
  void a_secret_needs_its_id_and_an_id_its_secret() {
    String base = "https://fhir.example.org";
    assertThat(refused(Map.of("BULKFHIR_BASE_URL", base, "BULKFHIR_CLIENT_SECRET", Canary.SECRET)))
        .containsExactly("BULKFHIR_CLIENT_ID");
    assertThat(refused(Map.of("BULKFHIR_BASE_URL", base, "BULKFHIR_CLIENT_ID", "id")))
        .containsExactly("BULKFHIR_CLIENT_ID");
  }

  @Test
  void a_secret_beside_a_key_is_one_too_many() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("key.pem"), TestKeys.pkcs8(TestKeys.ec("secp384r1").getPrivate()));
    assertThat(
            refused(
                Map.of(
                    "BULKFHIR_BASE_URL",
                    "https://fhir.example.org",
                    "BULKFHIR_CLIENT_ID",
                    "id",
                    "BULKFHIR_CLIENT_SECRET",
                    Canary.SECRET,
                    "BULKFHIR_PRIVATE_KEY_FILE",
                    file.toString())))
        .containsExactly("BULKFHIR_CLIENT_SECRET and BULKFHIR_PRIVATE_KEY_FILE");
  }
}
