package health.ferry.core.internal.auth;

import health.ferry.core.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * What a token endpoint answered.
 *
 * @param value the token
 * @param lifetime how long it lives, empty when the server did not say
 */
public record AccessToken(Secret value, Optional<Duration> lifetime) {}
