package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.json.Json;
import java.io.IOException;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server at {@code [base]/.well-known/smart-configuration} (A1: below the base, not at the
 * host's root), until it has answered once.
 */
final class SmartDiscovery {

  private final Transport transport;
  private final HttpUrl base;
  private volatile @Nullable SmartConfiguration found;

  /**
   * Makes it.
   *
   * @param transport one without a credential
   */
  SmartDiscovery(Transport transport, HttpUrl base) {
    this.transport = transport;
    this.base = base;
  }

  SmartConfiguration configuration(CallContext call) {
    SmartConfiguration known = found;
    if (known == null) {
      HttpUrl url =
          base.newBuilder()
              .addPathSegment(".well-known")
              .addPathSegment("smart-configuration")
              .build();
      known =
          transport.send(
              Exchange.of("GET", url, "/.well-known/smart-configuration", this::read)
                  .header("Accept", "application/json")
                  .build(),
              call.step("discovery"));
      found = known;
    }
    return known;
  }

  private SmartConfiguration read(Answer answer) throws IOException {
    return SmartConfiguration.of(
        Json.object(answer.raw(transport.options().maxJsonBytes()), answer.call().info()));
  }

  HttpUrl tokenUrl(CallContext call) {
    CallInfo discovery = call.step("discovery").info();
    HttpUrl url =
        configuration(call)
            .tokenEndpoint()
            .map(HttpUrl::parse)
            .orElseThrow(
                () ->
                    new UnexpectedResponseException(
                        discovery,
                        "the SMART configuration names no token_endpoint; set tokenUrl",
                        null));
    transport.urls().requireHandedOut(url, Origin.of(base), "token endpoint", discovery);
    return url;
  }
}
