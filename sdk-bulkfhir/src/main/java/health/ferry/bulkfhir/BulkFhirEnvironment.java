package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The environment variables that make a client. */
final class BulkFhirEnvironment {

  private static final String CLIENT_ID = "BULKFHIR_CLIENT_ID";
  private static final String CLIENT_SECRET = "BULKFHIR_CLIENT_SECRET";
  private static final String KEY_FILE = "BULKFHIR_PRIVATE_KEY_FILE";

  /** What the builder calls a setting, and the variable that it came from. */
  private static final Map<String, String> NAMES =
      Map.of(
          "baseUrl",
          "BULKFHIR_BASE_URL",
          "tokenUrl",
          "BULKFHIR_TOKEN_URL",
          "clientId",
          CLIENT_ID,
          "credentials",
          CLIENT_SECRET + " and " + KEY_FILE);

  private final Function<String, @Nullable String> variables;
  private final List<Violation> violations = new ArrayList<>();

  private BulkFhirEnvironment(Function<String, @Nullable String> variables) {
    this.variables = variables;
  }

  static BulkFhirClient client(Function<String, @Nullable String> variables) {
    return new BulkFhirEnvironment(variables).client();
  }

  private BulkFhirClient client() {
    BulkFhirClientBuilder builder = BulkFhirClient.builder(value("BULKFHIR_BASE_URL").orElse(""));
    value("BULKFHIR_TOKEN_URL").ifPresent(builder::tokenUrl);
    Optional<String> id = value(CLIENT_ID);
    Optional<String> secret = value(CLIENT_SECRET);
    Optional<String> keyFile = value(KEY_FILE);
    if (id.isPresent() && secret.isEmpty() && keyFile.isEmpty()) {
      violations.add(new Violation(CLIENT_ID, "needs " + CLIENT_SECRET + " or " + KEY_FILE));
    }
    take(
        CLIENT_SECRET,
        () -> secret.ifPresent(text -> builder.clientCredentials(id.orElse(""), Secret.of(text))));
    take(
        KEY_FILE,
        () ->
            keyFile.ifPresent(
                file ->
                    builder.backendServices(
                        id.orElse(""), SigningKey.fromFile(Path.of(file), null))));
    for (Violation found : builder.violations()) {
      violations.add(new Violation(NAMES.getOrDefault(found.path(), found.path()), found.rule()));
    }
    if (!violations.isEmpty()) {
      throw new ConfigurationException(CallInfo.of("Bulk FHIR", "configuration"), violations);
    }
    return builder.build();
  }

  /** Notes under the variable's name what is wrong with its value. */
  private void take(String variable, Runnable setting) {
    try {
      setting.run();
    } catch (ConfigurationException refused) {
      refused.violations().forEach(found -> violations.add(new Violation(variable, found.rule())));
    }
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(variables.apply(variable)).filter(text -> !text.isBlank());
  }
}
