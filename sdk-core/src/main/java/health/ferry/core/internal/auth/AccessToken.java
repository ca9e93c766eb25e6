package health.ferry.core.internal.auth;

import health.ferry.core.Secret;
import java.time.Duration;
import java.util.Optional;

/**
 * What a token endpoint answered.
 *
 * @param value the token
 * @param lifetime how long it lives, empty when the server did not say
 * @param scope what was granted, empty when the server did not say: then it is what was asked for
 *     (RFC 6749 §5.1)
 */
public record AccessToken(Secret value, Optional<Duration> lifetime, Optional<String> scope) {}
