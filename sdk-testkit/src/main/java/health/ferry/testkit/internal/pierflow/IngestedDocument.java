package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.PierflowOptions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A document and its job, which goes on by being asked for. Guarded by {@link IngestCalls}. */
final class IngestedDocument {

  private static final int COMPLETENESS = 94;
  private static final double CONFIDENCE = 0.93;

  /**
   * What came with it.
   *
   * @param organizationId whose it is
   * @param batchId in which batch
   * @param type the hint
   * @param priority how urgent
   * @param pages how many
   * @param reachable whether it told a URL to fetch it from
   */
  record Told(
      String organizationId,
      String batchId,
      String type,
      String priority,
      int pages,
      boolean reachable) {}

  private final String id;
  private final Told told;
  private final Instant createdAt;
  private int polls;
  private @Nullable Instant startedAt;
  private @Nullable Instant completedAt;

  IngestedDocument(String id, Told told, Instant createdAt) {
    this.id = id;
    this.told = told;
    this.createdAt = createdAt;
  }

  String id() {
    return id;
  }

  Told told() {
    return told;
  }

  /** One step on, and where the job stands then. */
  ObjectNode poll(PierflowOptions options, Instant now) {
    String status = next(options, now);
    ObjectNode job =
        JsonNodeFactory.instance
            .objectNode()
            .put("job_id", id)
            .put("organization_id", told.organizationId())
            .put("batch_id", told.batchId())
            .put("status", status)
            .put("page_count", told.pages())
            .put("record_type_hint", told.type())
            .put("priority", told.priority());
    if (status.equals("FAILED")) {
      job.putObject("error")
          .put("code", told.reachable() ? "EXTRACTION_FAILED" : "ASSET_MISSING_URL")
          .put("detail", "the document could not be read");
    } else {
      job.putNull("error");
    }
    job.put("started_at", time(startedAt)).put("completed_at", time(completedAt));
    job.put("created_at", Times.millis(createdAt)).put("updated_at", Times.millis(now));
    ArrayNode records = job.putArray("records");
    if (completedAt != null && !status.equals("FAILED")) {
      records.add(record(status));
    }
    return job;
  }

  private String next(PierflowOptions options, Instant now) {
    polls++;
    if (polls > options.pollsPerJob()) {
      startedAt = startedAt == null ? now : startedAt;
      completedAt = completedAt == null ? now : completedAt;
      return told.reachable() ? options.jobEnd() : "FAILED";
    }
    if (polls == 1) {
      return "QUEUED";
    }
    startedAt = startedAt == null ? now : startedAt;
    return "PROCESSING";
  }

  private ObjectNode record(String status) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", id.replace("job_", "rec_"))
        .put("document_type", told.type().equals("AUTO") ? "OUTPATIENT_CARD" : told.type())
        .put(
            "validation_status",
            status.equals("AWAITING_REVIEW") ? "REVIEW_REQUIRED" : "AUTO_APPROVED")
        .put("completeness_score", COMPLETENESS)
        .put("avg_confidence", CONFIDENCE)
        .putNull("import_package_id");
  }

  private static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : Times.millis(time);
  }
}
