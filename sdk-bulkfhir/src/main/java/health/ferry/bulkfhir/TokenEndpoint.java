package health.ferry.bulkfhir;

import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.internal.call.CallContext;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where tokens are to be had and how scopes are written there. */
final class TokenEndpoint {

  private static final Logger log = LoggerFactory.getLogger(TokenEndpoint.class);

  /** A look that only helps to choose a scope must not hold up the call. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  private final @Nullable HttpUrl given;
  private final SmartDiscovery discovery;

  /**
   * Makes it.
   *
   * @param given where the caller says that tokens are to be had; null to ask the server
   */
  TokenEndpoint(@Nullable HttpUrl given, SmartDiscovery discovery) {
    this.given = given;
    this.discovery = discovery;
  }

  HttpUrl url(CallContext call) {
    return given == null ? discovery.tokenUrl(call) : given;
  }

  /** The syntax that the server understands; the older one where nothing is known. */
  ScopeSyntax scopeSyntax(CallContext call) {
    if (given == null) {
      return ScopeSyntax.of(discovery.configuration(call));
    }
    try {
      return ScopeSyntax.of(discovery.configuration(call.within(LONGEST_LOOK)));
    } catch (CancelledException cancelled) {
      throw cancelled;
    } catch (FerryException unknown) {
      // Who sets the URL may do so because there is no discovery.
      log.debug("The scope is written in the way of SMART 1: {}", unknown.getMessage());
      return ScopeSyntax.V1;
    }
  }
}
