package health.ferry.testkit.internal.pierflow;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.internal.control.ControlRequest;
import health.ferry.testkit.internal.control.ControlServer;
import health.ferry.testkit.internal.control.RequestLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The host on which scans are put, by a signed form and without credentials (fact sheet, 3.7). It
 * starts with the first signature. Thread-safe.
 */
public final class ScanStorage implements AutoCloseable {

  private static final Duration SIGNATURE_LIFETIME = Duration.ofHours(1);
  private static final String PATH = "/v1_1/sandbox/auto/upload";
  private static final String FOLDER = "scans";

  private final Supplier<PierflowOptions> options;
  private final Clock clock;
  private final String marker;
  private final Scripts scripts;
  private final RequestLog log;
  private final Map<String, Instant> signatures = new ConcurrentHashMap<>();
  private final Map<String, byte[]> scans = new LinkedHashMap<>();
  private @Nullable ControlServer server;

  ScanStorage(
      Supplier<PierflowOptions> options,
      Clock clock,
      String marker,
      Scripts scripts,
      RequestLog log) {
    this.options = options;
    this.clock = clock;
    this.marker = marker;
    this.scripts = scripts;
    this.log = log;
  }

  /** The scans that were put here. */
  public synchronized Map<String, byte[]> scans() {
    return new LinkedHashMap<>(scans);
  }

  private synchronized String origin() {
    if (server == null) {
      server = ControlServer.start(this::answer, log);
    }
    return server.origin();
  }

  /** What a client needs for one upload, in camel case. */
  ObjectNode sign() {
    Instant now = clock.instant();
    String signature = marker + "-sign-" + (signatures.size() + 1);
    signatures.put(signature, now);
    return JsonNodeFactory.instance
        .objectNode()
        .put("cloudName", "sandbox")
        .put("apiKey", "sandbox-storage")
        .put("timestamp", now.getEpochSecond())
        .put("folder", FOLDER)
        .put("signature", signature)
        .put("resourceType", "auto")
        .put("maxBytes", options.get().maxScanBytes())
        .put("uploadUrl", origin() + PATH);
  }

  private ControlAnswer answer(ControlRequest request) {
    if (!request.path().equals(PATH) || !request.method().equals("POST")) {
      return ControlAnswer.html(404);
    }
    return scripts.next(PierflowOperation.UPLOAD, () -> stored(request));
  }

  private ControlAnswer stored(ControlRequest request) {
    Optional<MultipartForm> form = MultipartForm.read(request);
    if (request.header("Authorization").isPresent() || form.isEmpty()) {
      return refused(400, "a signed form is wanted, and no credential");
    }
    if (!isSigned(form.get())) {
      return refused(401, "Invalid Signature");
    }
    Optional<byte[]> file = form.get().bytes("file");
    if (file.isEmpty() || file.get().length == 0) {
      return refused(400, "Empty file");
    }
    if (file.get().length > options.get().maxScanBytes()) {
      return refused(400, "File size too large");
    }
    return ControlAnswer.json(200, kept(file.get()).toString());
  }

  private boolean isSigned(MultipartForm form) {
    Instant at = signatures.get(form.text("signature"));
    return at != null
        && form.text("timestamp").equals(Long.toString(at.getEpochSecond()))
        && form.text("folder").equals(FOLDER)
        && form.text("type").equals("upload")
        && clock.instant().isBefore(at.plus(SIGNATURE_LIFETIME));
  }

  private synchronized ObjectNode kept(byte[] file) {
    String id = FOLDER + "/" + PierflowIds.of("", scans.size() + 1);
    scans.put(id, file);
    return JsonNodeFactory.instance
        .objectNode()
        .put("public_id", id)
        .put("version", clock.instant().getEpochSecond())
        .put("resource_type", "image")
        .put("type", "upload")
        .put("format", "pdf")
        .put("bytes", file.length)
        .put("secure_url", origin() + "/sandbox/image/upload/" + id + ".pdf");
  }

  private static ControlAnswer refused(int status, String message) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putObject("error").put("message", message);
    return ControlAnswer.json(status, body.toString());
  }

  @Override
  public synchronized void close() {
    if (server != null) {
      server.close();
    }
  }
}
