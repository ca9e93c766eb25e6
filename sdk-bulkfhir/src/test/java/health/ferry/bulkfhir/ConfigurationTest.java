package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import health.ferry.testkit.Canary;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong settings: refused by {@code build()}, all at once, by name and never by value. */
class ConfigurationTest {

  private static final Secret SECRET = Secret.of(Canary.SECRET);

  private static List<String> refused(ThrowingCallable build) {
    ConfigurationException refused = catchThrowableOfType(ConfigurationException.class, build);
    assertThat(refused).isNotNull();
    Canary.assertAbsent(refused);
    return refused.violations().stream().map(Violation::path).toList();
  }

  @Test
  void all_that_is_wrong_is_named_at_once() {
    BulkFhirClientBuilder builder =
        BulkFhirClient.builder("ftp://" + Canary.SECRET)
            .tokenUrl("https://a.example/token?key=" + Canary.SECRET)
            .clientCredentials(" ", SECRET)
            .token(Secret.of(Canary.SECRET + " é"))
            .transport(t -> t.connectTimeout(Duration.ZERO).maxJsonBytes(-1));

    assertThat(refused(builder::build))
        .containsExactlyInAnyOrder(
            "connectTimeout",
            "maxJsonBytes",
            "baseUrl",
            "tokenUrl",
            "clientId",
            "token",
            "credentials");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "fhir.example.org/R4",
        "http://fhir.example.org/R4",
        "https://user:" + Canary.SECRET + "@fhir.example.org/R4",
        "https://fhir.example.org/R4?key=" + Canary.SECRET,
        "https://fhir.example.org/R4#top"
      })
  void a_base_url_that_cannot_be_used_is_refused(String url) {
    assertThat(refused(() -> BulkFhirClient.builder(url).build())).containsExactly("baseUrl");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fhir.example.org", "https://fhir.example.org/a/R4/", "http://localhost:8080/fhir",
        "http://127.0.0.1/fhir", "http://[::1]/fhir", " https://fhir.example.org/R4 "
      })
  void a_base_url_that_can_be_used_is_taken(String url) {
    try (BulkFhirClient client = BulkFhirClient.builder(url).build()) {
      assertThat(client).isNotNull();
    }
  }

  @Test
  void http_elsewhere_is_taken_by_the_callers_word() {
    try (BulkFhirClient client =
        BulkFhirClient.builder("http://fhir.example.org/R4")
            .transport(t -> t.allowInsecureHttp())
            .build()) {
      assertThat(client).isNotNull();
    }
  }

  @Test
  void two_ways_to_prove_who_calls_are_one_too_many() {
    BulkFhirClientBuilder builder =
        BulkFhirClient.builder("https://fhir.example.org")
            .token(SECRET)
            .clientCredentials("id", SECRET);

    assertThat(refused(builder::build)).containsExactly("credentials");
  }

  @Test
  void options_out_of_range_are_refused() {
    ExportOptions options = ExportOptions.defaults();

    assertThat(refused(() -> options.parallel(0))).containsExactly("parallel");
    assertThat(refused(() -> options.parallel(65))).containsExactly("parallel");
    assertThat(refused(() -> options.deadline(Duration.ZERO))).containsExactly("deadline");
    assertThat(refused(() -> options.deadline(Duration.ofSeconds(-1)))).containsExactly("deadline");
    assertThat(options.parallel(1).parallel(64).parallel()).isEqualTo(64);
  }
}
