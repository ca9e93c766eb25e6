package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowForm;
import health.ferry.testkit.PierflowOptions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Lists packages and hands them out (fact sheet, 3.1 and 3.2). */
final class PackageCalls {

  private static final long ZIP_LIMIT = 64L * 1024 * 1024;
  private static final Set<String> STATUSES =
      Set.of("READY", "ACKNOWLEDGED", "EXPIRED", "BUILDING", "ALL");

  private final Supplier<PierflowOptions> options;
  private final Clock clock;
  private final Access access;
  private final Errors errors;
  private final Packages packages;
  private final FileHost files;

  PackageCalls(
      Supplier<PierflowOptions> options,
      Clock clock,
      Access access,
      Errors errors,
      Packages packages,
      FileHost files) {
    this.options = options;
    this.clock = clock;
    this.access = access;
    this.errors = errors;
    this.packages = packages;
    this.files = files;
  }

  ControlAnswer list(Call call) throws RequestRefused {
    access.checkKey(call);
    access.checkOrganization(call.id(0), "FORBIDDEN");
    String asked = call.query("status").orElse("READY");
    if (!STATUSES.contains(asked)) {
      // The code hands it to the database, which knows no such value.
      return ControlAnswer.html(500);
    }
    Instant now = clock.instant();
    PierflowOptions behave = options.get();
    List<HeldPackage> newestFirst = new ArrayList<>(packages.all());
    Collections.reverse(newestFirst);
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ArrayNode list = body.putArray("packages");
    newestFirst.stream()
        .filter(held -> asked.equals("ALL") || asked.equals(status(held, now)))
        .limit(behave.listCap())
        .forEach(held -> list.add(item(held, now, behave)));
    return ControlAnswer.json(200, body.toString());
  }

  private String status(HeldPackage held, Instant now) {
    String status = held.status(now);
    return status.equals("EXPIRED") && !options.get().enforceExpiry() ? "READY" : status;
  }

  private ObjectNode item(HeldPackage held, Instant now, PierflowOptions behave) {
    boolean documented = behave.lists() == PierflowForm.DOCUMENTED;
    ObjectNode item = JsonNodeFactory.instance.objectNode().put("package_id", held.id());
    if (documented) {
      item.put("organization_id", behave.organizationId());
    }
    item.put("created_at", time(held.createdAt(), documented)).put("status", status(held, now));
    item.put("patient_count", held.patientCount()).put("record_count", held.recordCount());
    if (!documented) {
      item.put("file_size_bytes", held.content().length());
    }
    return item.put(
            "download_url",
            (behave.versionInDownloadUrl() ? "/v1" : "")
                + "/import-packages/"
                + PathSegment.encoded(held.id())
                + "/download")
        .put("checksum_sha256", held.checksum().orElse(null))
        .put("expires_at", time(held.expiresAt(), documented));
  }

  private static String time(Instant time, boolean documented) {
    return documented ? Times.seconds(time) : Times.millis(time);
  }

  ControlAnswer download(Call call) throws RequestRefused {
    access.checkKey(call);
    HeldPackage held =
        packages.find(call.id(0)).orElseThrow(() -> errors.refused(404, "PACKAGE_NOT_FOUND"));
    if (status(held, clock.instant()).equals("EXPIRED")) {
      throw errors.refused(404, "PACKAGE_EXPIRED");
    }
    return switch (options.get().download()) {
      case ZIP -> zip(held);
      case LINK -> ControlAnswer.json(200, linkTo(held).toString());
      case REDIRECT -> ControlAnswer.status(302).header("Location", files.link(held));
    };
  }

  private static ControlAnswer zip(HeldPackage held) {
    if (held.content().length() > ZIP_LIMIT) {
      // The test asked for what cannot be: this server keeps its answers in memory.
      return ControlAnswer.json(
          500, Envelope.of("SANDBOX_SERVES_LARGE_PACKAGES_BY_LINK").toString());
    }
    return ControlAnswer.status(200)
        .header("Content-Type", "application/zip")
        .body(held.content().bytes());
  }

  private ObjectNode linkTo(HeldPackage held) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("package_id", held.id())
        .put("download_url", files.link(held))
        .put("checksum_sha256", held.linkChecksum().orElse(null))
        .put("expires_at", Times.millis(held.expiresAt()));
  }
}
