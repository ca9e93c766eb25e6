package health.ferry.hami;

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

/** Clients made from settings and from environment variables. */
class HamiConfigurationTest extends HamiServerTest {

  private static List<String> refused(Map<String, String> variables) {
    return refused(() -> HamiEnvironment.client(variables::get).close());
  }

  private static List<String> refused(Runnable setting) {
    ConfigurationException refused =
        catchThrowableOfType(ConfigurationException.class, setting::run);
    assertThat(refused).isNotNull();
    Canary.assertAbsent(refused);
    return refused.violations().stream().map(Violation::path).toList();
  }

  @Test
  void three_variables_make_a_client() {
    answers(json(200, ACCEPTED));
    try (HamiClient client =
        HamiEnvironment.client(
            Map.of(
                    "HAMI_BASE_URL",
                    baseUrl() + "/",
                    "HAMI_GROUP_ID",
                    GROUP,
                    "HAMI_API_KEY",
                    key.reveal())
                ::get)) {
      client.submit(SeedBundle.text());
    }
    assertThat(requests().get(0).getUrl()).isEqualTo(ENDPOINT);
    assertThat(requests().get(0).getHeader("X-API-KEY")).isEqualTo(key.reveal());
  }

  @Test
  void every_missing_variable_is_named_at_once() {
    assertThat(refused(Map.of()))
        .containsExactlyInAnyOrder("HAMI_BASE_URL", "HAMI_GROUP_ID", "HAMI_API_KEY");
  }

  @Test
  void every_wrong_variable_is_named_without_its_value() {
    assertThat(
            refused(
                Map.of(
                    "HAMI_BASE_URL", "http://api.example.org/?" + Canary.SECRET,
                    "HAMI_GROUP_ID", "..",
                    "HAMI_API_KEY", Canary.SECRET + "\nmore")))
        .containsExactlyInAnyOrder(
            "HAMI_BASE_URL", "HAMI_BASE_URL", "HAMI_GROUP_ID", "HAMI_API_KEY");
    assertThat(
            refused(
                Map.of(
                    "HAMI_BASE_URL",
                    baseUrl(),
                    "HAMI_GROUP_ID",
                    GROUP,
                    "HAMI_API_KEY",
                    Canary.SECRET + "é")))
        .containsExactly("HAMI_API_KEY");
  }

  @Test
  void wrong_settings_are_named_at_once() {
    assertThat(
            refused(
                () ->
                    HamiClient.builder("api.hami.health", " ", Secret.of(Canary.SECRET + "é"))
                        .transport(options -> options.connectTimeout(Duration.ZERO))
                        .build()))
        .containsExactlyInAnyOrder("baseUrl", "groupId", "apiKey", "connectTimeout");
  }

  @Test
  void options_out_of_range_are_refused() {
    IngestionOptions options = IngestionOptions.defaults();
    assertThat(refused(() -> options.parallel(0))).containsExactly("parallel");
    assertThat(refused(() -> options.parallel(11))).containsExactly("parallel");
    assertThat(refused(() -> options.deadline(Duration.ZERO))).containsExactly("deadline");
    assertThat(options.parallel(10).parallel()).isEqualTo(10);
    assertThat(options.parallel()).isEqualTo(1);
    assertThat(options.journal()).isEmpty();
  }
}
