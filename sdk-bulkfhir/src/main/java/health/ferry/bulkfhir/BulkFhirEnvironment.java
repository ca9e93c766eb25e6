package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The environment variables that make a client. */
final class BulkFhirEnvironment {

  private final Function<String, @Nullable String> variables;

  private BulkFhirEnvironment(Function<String, @Nullable String> variables) {
    this.variables = variables;
  }

  static BulkFhirClient client(Function<String, @Nullable String> variables) {
    return new BulkFhirEnvironment(variables).client();
  }

  private BulkFhirClient client() {
    List<Violation> violations = new ArrayList<>();
    Optional<String> base = value("BULKFHIR_BASE_URL");
    Optional<String> id = value("BULKFHIR_CLIENT_ID");
    Optional<String> secret = value("BULKFHIR_CLIENT_SECRET");
    Optional<String> keyFile = value("BULKFHIR_PRIVATE_KEY_FILE");
    if (base.isEmpty()) {
      violations.add(new Violation("BULKFHIR_BASE_URL", "must be set"));
    }
    if (id.isEmpty() && (secret.isPresent() || keyFile.isPresent())) {
      violations.add(new Violation("BULKFHIR_CLIENT_ID", "must be set beside a secret or key"));
    }
    if (id.isPresent() && secret.isPresent() == keyFile.isPresent()) {
      violations.add(
          new Violation(
              "BULKFHIR_CLIENT_ID",
              "needs either BULKFHIR_CLIENT_SECRET or BULKFHIR_PRIVATE_KEY_FILE"));
    }
    if (!violations.isEmpty()) {
      throw new ConfigurationException(CallInfo.of("Bulk FHIR", "configuration"), violations);
    }
    BulkFhirClientBuilder builder = BulkFhirClient.builder(base.orElseThrow());
    value("BULKFHIR_TOKEN_URL").ifPresent(builder::tokenUrl);
    secret.ifPresent(text -> builder.clientCredentials(id.orElseThrow(), Secret.of(text)));
    keyFile.ifPresent(
        file ->
            builder.backendServices(id.orElseThrow(), SigningKey.fromFile(Path.of(file), null)));
    return builder.build();
  }

  private Optional<String> value(String variable) {
    return Optional.ofNullable(variables.apply(variable)).filter(text -> !text.isBlank());
  }
}
