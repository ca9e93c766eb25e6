package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowOptions;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Opens batches of scans and signs uploads into them (fact sheet, 3.7). The body is looked at
 * before the key. Thread-safe.
 */
final class ScanBatches {

  static final String[] PRIORITIES = {"NORMAL", "URGENT"};

  private static final int MAX_LABEL = 120;

  private final Supplier<PierflowOptions> options;
  private final Clock clock;
  private final Access access;
  private final Errors errors;
  private final ScanStorage storage;
  private final Set<String> batches = ConcurrentHashMap.newKeySet();

  ScanBatches(
      Supplier<PierflowOptions> options,
      Clock clock,
      Access access,
      Errors errors,
      ScanStorage storage) {
    this.options = options;
    this.clock = clock;
    this.access = access;
    this.errors = errors;
    this.storage = storage;
  }

  ControlAnswer create(Call call) throws RequestRefused {
    BodyCheck body =
        BodyCheck.of(call.request().body(), errors)
            .knows("organizationId", "label", "siteId", "priority", "metadata");
    String organization = body.text("organizationId", 1, Integer.MAX_VALUE);
    body.optionalText("label", 0, MAX_LABEL);
    Optional<String> site = body.optionalText("siteId", 0, Integer.MAX_VALUE);
    Optional<String> priority = body.optionalOneOf("priority", PRIORITIES);
    body.optionalObject("metadata");
    body.orRefuse(errors, options.get().refuseUnknownFields());
    access.checkKey(call);
    access.checkOrganization(organization, "ORG_NOT_LINKED");
    if (site.isPresent()) {
      // The sandbox's organization has no sites.
      throw errors.invalidField("siteId", "SITE_NOT_FOUND");
    }
    ObjectNode batch = JsonNodeFactory.instance.objectNode();
    synchronized (batches) {
      batch.put("batch_id", PierflowIds.of("bat_", batches.size() + 1));
      batches.add(batch.path("batch_id").asText());
    }
    batch.put("organization_id", organization).put("priority", priority.orElse("NORMAL"));
    batch.put("created_at", Times.millis(clock.instant()));
    return ControlAnswer.json(201, batch.toString());
  }

  ControlAnswer sign(Call call) throws RequestRefused {
    BodyCheck body = BodyCheck.of(call.request().body(), errors).knows("organizationId", "batchId");
    String organization = body.text("organizationId", 1, Integer.MAX_VALUE);
    Optional<String> batch = body.optionalText("batchId", 1, Integer.MAX_VALUE);
    body.orRefuse(errors, options.get().refuseUnknownFields());
    access.checkKey(call);
    access.checkOrganization(organization, "ORG_NOT_LINKED");
    if (batch.isPresent()) {
      check(batch.get());
    }
    return ControlAnswer.json(200, storage.sign().toString());
  }

  void check(String batchId) throws RequestRefused {
    if (!batches.contains(batchId)) {
      throw errors.refused(404, "BATCH_NOT_FOUND");
    }
  }
}
