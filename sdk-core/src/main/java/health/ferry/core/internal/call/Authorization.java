package health.ferry.core.internal.call;

import health.ferry.core.Secret;

/** The header that carries a credential. */
public record Authorization(String header, Secret value) {

  public static Authorization bearer(Secret token) {
    return new Authorization("Authorization", Secret.of("Bearer " + token.reveal()));
  }
}
