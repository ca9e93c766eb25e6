package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;

/** What webhooks say (fact sheet, 9). No event has an id. */
public final class WebhookBodies {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock;

  WebhookBodies(Clock clock) {
    this.clock = clock;
  }

  /** Any event, with data of the caller's. */
  public String event(String event, String data) {
    try {
      return event(event, JSON.readTree(data));
    } catch (IOException e) {
      throw new IllegalArgumentException("an event's data is JSON", e);
    }
  }

  /** {@code import_package.ready}. */
  public String ready(HeldPackage held, String organizationId) {
    return event(
        "import_package.ready",
        object()
            .put("package_id", held.id())
            .put("organization_id", organizationId)
            .put("patient_count", held.patientCount())
            .put("record_count", held.recordCount())
            .put("file_size_bytes", held.content().length())
            .put(
                "download_endpoint",
                "/v1/import-packages/" + PathSegment.encoded(held.id()) + "/download")
            .put("expires_at", Times.millis(held.expiresAt())));
  }

  private String event(String event, JsonNode data) {
    ObjectNode envelope =
        object()
            .put("event", event)
            .put("emitted_at", Times.millis(clock.instant()))
            .put("partner_id", PackageHead.PARTNER_ID);
    envelope.set("data", data);
    return envelope.toString();
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
