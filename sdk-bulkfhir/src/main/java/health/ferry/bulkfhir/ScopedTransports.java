package health.ferry.bulkfhir;

import health.ferry.core.internal.call.Authorizer;
import health.ferry.core.internal.call.Transport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import okhttp3.HttpUrl;

/**
 * Views of one transport, each with a token that allows what a call needs. Calls with the same
 * needs share a token. Thread-safe.
 */
final class ScopedTransports {

  private static final int MAX_KEPT = 32;

  private final Transport open;
  private final HttpUrl base;
  private final Function<SystemScopes, Authorizer> authorizers;
  private final Map<SystemScopes, Transport> kept = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Makes the views.
   *
   * @param open the transport without a credential
   */
  ScopedTransports(Transport open, HttpUrl base, Function<SystemScopes, Authorizer> authorizers) {
    this.open = open;
    this.base = base;
    this.authorizers = authorizers;
  }

  synchronized Transport covering(SystemScopes needed) {
    Transport view =
        kept.computeIfAbsent(needed, scopes -> open.authorized(authorizers.apply(scopes), base));
    if (kept.size() > MAX_KEPT) {
      // Whoever uses the oldest goes on with it; only its token is not shared any more.
      kept.remove(kept.keySet().iterator().next());
    }
    return view;
  }
}
