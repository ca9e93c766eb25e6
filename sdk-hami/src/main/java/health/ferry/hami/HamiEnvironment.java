package health.ferry.hami;

import health.ferry.core.Secret;
import health.ferry.core.internal.config.EnvironmentVariables;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The environment variables that make a client. */
final class HamiEnvironment {

  private static final String BASE_URL = "HAMI_BASE_URL";
  private static final String GROUP_ID = "HAMI_GROUP_ID";
  private static final String API_KEY = "HAMI_API_KEY";

  private static final Map<String, String> NAMES =
      Map.of("baseUrl", BASE_URL, "groupId", GROUP_ID, "apiKey", API_KEY);

  /** Stands in until every variable has been looked at; the refused key itself is reported. */
  private static final Secret NO_KEY = Secret.of("none");

  private HamiEnvironment() {}

  static HamiClient client(Function<String, @Nullable String> variables) {
    EnvironmentVariables environment = new EnvironmentVariables(variables, NAMES);
    Secret key = environment.requiredSecret(API_KEY).orElse(NO_KEY);
    HamiClientBuilder builder =
        HamiClient.builder(
            environment.value(BASE_URL).orElse(""), environment.value(GROUP_ID).orElse(""), key);
    environment.requireGood(HamiClientBuilder.NAME.partner(), builder.violations());
    return builder.build();
  }
}
