package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowOptions;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes documents and tells how far their jobs are (fact sheet, 3.7). The same {@code
 * idempotencyKey} is the same job, whatever else the body says. Thread-safe.
 */
final class IngestCalls {

  private static final int MAX_NAME = 255;
  private static final int MAX_KEY = 120;
  private static final int MAX_PAGES = 200;
  private static final String[] TYPES = {
    "AUTO",
    "OUTPATIENT_CARD",
    "REGISTRATION",
    "LAB_RESULT",
    "PRESCRIPTION",
    "ANTENATAL",
    "IMMUNISATION",
    "DISCHARGE_SUMMARY",
    "XRAY_REPORT",
    "ULTRASOUND_REPORT",
    "OPERATION_NOTE",
    "REFERRAL_LETTER",
    "OTHER"
  };

  private final Supplier<PierflowOptions> options;
  private final Clock clock;
  private final Access access;
  private final Errors errors;
  private final ScanBatches batches;
  private final Map<String, IngestedDocument> jobs = new LinkedHashMap<>();
  private final Map<String, IngestedDocument> byKey = new LinkedHashMap<>();

  IngestCalls(
      Supplier<PierflowOptions> options,
      Clock clock,
      Access access,
      Errors errors,
      ScanBatches batches) {
    this.options = options;
    this.clock = clock;
    this.access = access;
    this.errors = errors;
    this.batches = batches;
  }

  ControlAnswer document(Call call) throws RequestRefused {
    BodyCheck body =
        BodyCheck.of(call.request().body(), errors)
            .knows(
                "organizationId",
                "batchId",
                "chartFolderId",
                "source",
                "filename",
                "documentType",
                "priority",
                "pageCount",
                "idempotencyKey");
    String organization = body.text("organizationId", 1, Integer.MAX_VALUE);
    String batch = body.text("batchId", 1, Integer.MAX_VALUE);
    Optional<String> folder = body.optionalText("chartFolderId", 1, Integer.MAX_VALUE);
    boolean reachable = readSource(body.object("source"));
    body.optionalText("filename", 0, MAX_NAME);
    String type = body.optionalOneOf("documentType", TYPES).orElse("AUTO");
    String priority = body.optionalOneOf("priority", ScanBatches.PRIORITIES).orElse("NORMAL");
    int pages = body.optionalNumber("pageCount", 1, MAX_PAGES).orElse(1);
    Optional<String> key = body.optionalText("idempotencyKey", 0, MAX_KEY);
    body.orRefuse(errors, options.get().refuseUnknownFields());
    access.checkKey(call);
    access.checkOrganization(organization, "ORG_NOT_LINKED");
    batches.check(batch);
    if (folder.isPresent() && !folder.get().equals(options.get().chartFolder())) {
      throw errors.refused(404, "CHART_FOLDER_NOT_FOUND");
    }
    return taken(
        key, new IngestedDocument.Told(organization, batch, type, priority, pages, reachable));
  }

  /** Whether the document can be fetched; without a URL the job will fail. */
  private static boolean readSource(BodyCheck source) {
    source.knows("publicId", "secureUrl", "format", "bytes", "width", "height", "version");
    source.text("publicId", 1, Integer.MAX_VALUE);
    source.optionalText("format", 0, Integer.MAX_VALUE);
    source.optionalNumber("bytes", 0, Integer.MAX_VALUE);
    source.optionalNumber("width", 0, Integer.MAX_VALUE);
    source.optionalNumber("height", 0, Integer.MAX_VALUE);
    return source.optionalUrl("secureUrl", Integer.MAX_VALUE).isPresent();
  }

  private synchronized ControlAnswer taken(Optional<String> key, IngestedDocument.Told told) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("status", "accepted");
    Optional<IngestedDocument> before = key.map(byKey::get);
    if (before.isPresent()) {
      answer.put("job_id", before.get().id()).put("batch_id", before.get().told().batchId());
      return ControlAnswer.json(202, answer.put("deduped", true).toString());
    }
    String id = PierflowIds.of("job_", jobs.size() + 1);
    IngestedDocument document = new IngestedDocument(id, told, clock.instant());
    jobs.put(id, document);
    key.ifPresent(value -> byKey.put(value, document));
    answer.put("job_id", id).put("batch_id", told.batchId()).put("pages", told.pages());
    return ControlAnswer.json(202, answer.put("job_status", "QUEUED").toString());
  }

  ControlAnswer job(Call call) throws RequestRefused {
    access.checkKey(call);
    return ControlAnswer.json(200, polled(call.id(0)).toString());
  }

  private synchronized ObjectNode polled(String id) throws RequestRefused {
    IngestedDocument document = jobs.get(id);
    if (document == null) {
      throw errors.refused(404, "JOB_NOT_FOUND");
    }
    return document.poll(options.get(), clock.instant());
  }
}
