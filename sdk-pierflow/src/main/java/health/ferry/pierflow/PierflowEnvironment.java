package health.ferry.pierflow;

import health.ferry.core.Secret;
import health.ferry.core.internal.config.EnvironmentVariables;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The environment variables that make a client. */
final class PierflowEnvironment {

  private static final String BASE_URL = "PIERFLOW_BASE_URL";
  private static final String KEY = "PIERFLOW_KEY";

  private static final Map<String, String> NAMES = Map.of("baseUrl", BASE_URL, "key", KEY);

  /** Stands in until every variable has been looked at; the refused key itself is reported. */
  private static final Secret NO_KEY = Secret.of("pf_none");

  private PierflowEnvironment() {}

  static PierflowClient client(Function<String, @Nullable String> variables) {
    EnvironmentVariables environment = new EnvironmentVariables(variables, NAMES);
    Secret key = environment.requiredSecret(KEY).orElse(NO_KEY);
    PierflowClientBuilder builder =
        PierflowClient.builder(environment.value(BASE_URL).orElse(""), key);
    environment.requireGood(PierflowClientBuilder.NAME.partner(), builder.violations());
    return builder.build();
  }
}
