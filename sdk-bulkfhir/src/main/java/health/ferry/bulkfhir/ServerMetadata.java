package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.json.Json;
import health.ferry.core.internal.retry.RetryClass;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks {@code [base]/metadata} what the server can do, once. Public by FHIR's own rule, so it gets
 * no credential; nice to know and no more, so whatever goes wrong means «unknown».
 *
 * <p>Thread-safe; two that ask at the same time both ask.
 */
final class ServerMetadata {

  static final Duration LONGEST = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(ServerMetadata.class);

  private final Transport transport;
  private final HttpUrl base;
  private volatile Optional<ServerCapabilities> known = Optional.empty();
  private volatile boolean isAsked;

  ServerMetadata(Transport transport, HttpUrl base) {
    this.transport = transport;
    this.base = base;
  }

  /** What has been learned so far. No network. */
  Optional<ServerCapabilities> known() {
    return known;
  }

  /** What the server says, empty when it said nothing that can be read. */
  Optional<ServerCapabilities> ask(CallContext call) {
    if (!isAsked) {
      known = request(call.step("capabilities").within(LONGEST));
      isAsked = true;
    }
    return known;
  }

  private Optional<ServerCapabilities> request(CallContext call) {
    HttpUrl url = base.newBuilder().addPathSegment("metadata").build();
    try {
      return Optional.of(
          transport.send(
              Exchange.of("GET", url, "/metadata", this::read)
                  .header("Accept", "application/fhir+json")
                  .retry(RetryClass.ONCE)
                  .build(),
              call));
    } catch (CancelledException cancelled) {
      throw cancelled;
    } catch (FerryException unknown) {
      log.debug("The server does not tell what it can do: {}", unknown.getMessage());
      return Optional.empty();
    }
  }

  private ServerCapabilities read(Answer answer) throws IOException {
    CallInfo call = answer.call().info();
    JsonNode json = Json.object(answer.raw(transport.options().maxJsonBytes()), call);
    if (!json.path("resourceType").asText().equals("CapabilityStatement")) {
      throw new UnexpectedResponseException(call, "no CapabilityStatement came", null);
    }
    return ServerCapabilities.of(json);
  }
}
