package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
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
 * Finds the token endpoint at {@code [base]/.well-known/smart-configuration} (A1: below the base,
 * not at the host's root), once.
 */
final class SmartDiscovery {

  private final Transport transport;
  private final HttpUrl base;
  private volatile @Nullable HttpUrl found;

  SmartDiscovery(Transport transport, HttpUrl base) {
    this.transport = transport;
    this.base = base;
  }

  HttpUrl tokenUrl(CallContext call) {
    HttpUrl known = found;
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

  private HttpUrl read(Answer answer) throws IOException {
    CallInfo call = answer.call().info();
    JsonNode json = Json.object(answer.raw(transport.options().maxJsonBytes()), call);
    HttpUrl url = HttpUrl.parse(json.path("token_endpoint").asText());
    if (url == null) {
      throw new UnexpectedResponseException(
          call, "the SMART configuration names no token_endpoint; set tokenUrl", null);
    }
    transport.urls().requireHandedOut(url, Origin.of(base), "token endpoint", call);
    return url;
  }
}
