package health.ferry.examples.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.Canary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** The answers of an export in which nothing goes wrong. */
final class HonestExport {

  private static final String ETAG = "\"v1\"";
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final World world;
  private final Set<String> tokens = ConcurrentHashMap.newKeySet();
  private final AtomicInteger jobs = new AtomicInteger();
  private final AtomicInteger manifests = new AtomicInteger();

  HonestExport(World world) {
    this.world = world;
  }

  int jobs() {
    return jobs.get();
  }

  int manifests() {
    return manifests.get();
  }

  /** Whether a request proves who sends it. */
  boolean isAuthorized(Request request) {
    return request
        .header("Authorization")
        .filter(value -> tokens.contains(value.replaceFirst("^Bearer ", "")))
        .isPresent();
  }

  boolean isTokenIn(String text) {
    return tokens.stream().anyMatch(text::contains);
  }

  Reply discovery(String origin) {
    return Reply.json(
        200,
        "{\"token_endpoint\":\""
            + origin
            + "/token\",\"capabilities\":[\"permission-v2\"],"
            + "\"token_endpoint_auth_signing_alg_values_supported\":[\"RS384\",\"ES384\"]}");
  }

  Reply token() {
    String token = Canary.SECRET + "-token-" + (tokens.size() + 1);
    tokens.add(token);
    return Reply.json(
        200, "{\"access_token\":\"" + token + "\",\"token_type\":\"bearer\",\"expires_in\":3600}");
  }

  Reply kickOff(String base) {
    return Reply.of(202).with("Content-Location", base + "/jobs/" + jobs.incrementAndGet());
  }

  /** Each manifest has links of its own; where they lie does not change. */
  Reply manifest(String files) {
    manifests.incrementAndGet();
    ObjectNode json = page();
    json.putArray("output");
    world.corpus().listed().forEach(type -> list(json, type, files));
    return Reply.json(200, json.toString()).with("Content-Type", "application/json");
  }

  /** What is on the second page when the first one lists no conditions. */
  Reply secondPage(String files) {
    ObjectNode json = page();
    list(json, "Condition", files);
    return Reply.json(200, json.toString());
  }

  private ObjectNode page() {
    ObjectNode json = JSON.createObjectNode();
    json.put("transactionTime", "2026-11-20T10:00:00Z");
    json.put("request", "$export");
    json.put("requiresAccessToken", world.filesNeedToken());
    return json;
  }

  private void list(ObjectNode json, String type, String files) {
    json.withArray(Corpus.section(type))
        .addObject()
        .put("type", type)
        .put("url", files + link(type))
        .put("count", world.corpus().count(type));
  }

  /** Path and query of a file, signed for the latest manifest. */
  String link(String type) {
    return "/files/" + type + ".ndjson?sig=" + Canary.SECRET + "-" + manifests.get() + "-";
  }

  /** Whether a link is of the n-th manifest. */
  static boolean isOfManifest(int number, Request request) {
    return request.target().endsWith("-" + number + "-");
  }

  Reply file(Request request) {
    byte[] plain = world.corpus().file(typeOf(request));
    boolean zipped = world.gzip() && request.header("Accept-Encoding").orElse("").contains("gzip");
    byte[] bytes = zipped ? gzip(plain) : plain;
    Reply whole =
        Reply.of(200)
            .with("Content-Type", "application/fhir+ndjson")
            .with("Content-Encoding", zipped ? "gzip" : null)
            .with("ETag", world.ranges() ? ETAG : null)
            .framed(world.framing())
            .body(bytes);
    Matcher range = RANGE.matcher(request.header("Range").orElse(""));
    boolean wanted = request.header("If-Range").map(ETAG::equals).orElse(true);
    return world.ranges() && wanted && range.matches()
        ? part(whole, Integer.parseInt(range.group(1)))
        : whole;
  }

  private static Reply part(Reply whole, int from) {
    int length = whole.body().length;
    if (from >= length) {
      return Reply.of(416).with("Content-Range", "bytes */" + length);
    }
    return whole
        .status(206)
        .with("Content-Range", "bytes " + from + "-" + (length - 1) + "/" + length)
        .body(Arrays.copyOfRange(whole.body(), from, length));
  }

  static String typeOf(Request request) {
    return request.path().replaceFirst(".*/", "").replace(".ndjson", "");
  }

  static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return zipped.toByteArray();
  }
}
