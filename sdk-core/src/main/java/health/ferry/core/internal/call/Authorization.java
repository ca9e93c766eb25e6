package health.ferry.core.internal.call;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import java.util.List;

/** The header that carries a credential. */
public record Authorization(String header, Secret value) {

  /** Refuses what no header can carry, before OkHttp does and quotes it. */
  public Authorization {
    if (value.reveal().chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new ConfigurationException(
          CallInfo.of("Ferry", "configuration"),
          List.of(new Violation(header, "must be printable ASCII")));
    }
  }

  public static Authorization bearer(Secret token) {
    return new Authorization("Authorization", Secret.of("Bearer " + token.reveal()));
  }
}
