package health.ferry.bulkfhir;

import health.ferry.core.Secret;
import health.ferry.core.internal.config.EnvironmentVariables;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The environment variables that make a client. */
final class BulkFhirEnvironment {

  private static final String BASE_URL = "BULKFHIR_BASE_URL";
  private static final String TOKEN_URL = "BULKFHIR_TOKEN_URL";
  private static final String CLIENT_ID = "BULKFHIR_CLIENT_ID";
  private static final String CLIENT_SECRET = "BULKFHIR_CLIENT_SECRET";
  private static final String KEY_FILE = "BULKFHIR_PRIVATE_KEY_FILE";

  private static final Map<String, String> NAMES =
      Map.of(
          "baseUrl",
          BASE_URL,
          "tokenUrl",
          TOKEN_URL,
          "clientId",
          CLIENT_ID,
          "credentials",
          CLIENT_SECRET + " and " + KEY_FILE);

  private BulkFhirEnvironment() {}

  static BulkFhirClient client(Function<String, @Nullable String> variables) {
    EnvironmentVariables environment = new EnvironmentVariables(variables, NAMES);
    BulkFhirClientBuilder builder = BulkFhirClient.builder(environment.value(BASE_URL).orElse(""));
    environment.value(TOKEN_URL).ifPresent(builder::tokenUrl);
    Optional<String> id = environment.value(CLIENT_ID);
    Optional<String> secret = environment.value(CLIENT_SECRET);
    Optional<String> keyFile = environment.value(KEY_FILE);
    if (id.isPresent() && secret.isEmpty() && keyFile.isEmpty()) {
      environment.violation(CLIENT_ID, "needs " + CLIENT_SECRET + " or " + KEY_FILE);
    }
    environment.take(
        CLIENT_SECRET,
        () -> secret.ifPresent(text -> builder.clientCredentials(id.orElse(""), Secret.of(text))));
    environment.take(
        KEY_FILE,
        () ->
            keyFile.ifPresent(
                file ->
                    builder.backendServices(
                        id.orElse(""), SigningKey.fromFile(Path.of(file), null))));
    environment.requireGood("Bulk FHIR", builder.violations());
    return builder.build();
  }
}
