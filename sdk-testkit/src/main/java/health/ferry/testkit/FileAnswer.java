package health.ferry.testkit;

import java.util.Locale;
import java.util.Optional;

/** Works out the faultless answer to a request for a file: encoding, validators, range. */
final class FileAnswer {

  private FileAnswer() {}

  static AnswerPlan to(RecordedRequest request, ServedFile file, FileOptions options) {
    AnswerPlan plan = new AnswerPlan();
    plan.headers.put("Content-Type", options.contentType());
    plan.framing = options.framing();
    plan.bytesPerSecond = options.bytesPerSecond();
    plan.body = file.body();
    String fingerprint = file.body().fingerprint();
    if (options.gzip()) {
      plan.headers.put("Vary", "Accept-Encoding");
      if (acceptsGzip(request)) {
        plan.headers.put("Content-Encoding", "gzip");
        fingerprint += "-gzip";
        if (file.gzipFitsInMemory()) {
          plan.body = file.gzip();
        } else {
          plan.compressOnTheWay = true;
          plan.framing = options.framing() == Framing.CLOSE ? Framing.CLOSE : Framing.CHUNKED;
        }
      }
    }
    plan.count = plan.body.length();
    Optional<String> etag = options.etagOf(fingerprint);
    etag.ifPresent(value -> plan.headers.put("ETag", value));
    if (options.ranges() && !plan.compressOnTheWay) {
      plan.headers.put("Accept-Ranges", "bytes");
      applyRange(request, plan, etag);
    }
    return plan;
  }

  private static boolean acceptsGzip(RecordedRequest request) {
    for (String coding : String.join(",", request.headers("Accept-Encoding")).split(",", -1)) {
      String[] parts = coding.replace(" ", "").toLowerCase(Locale.ROOT).split(";", -1);
      boolean refused = parts.length > 1 && parts[1].matches("q=0(\\.0*)?");
      if (parts[0].equals("gzip") && !refused) {
        return true;
      }
    }
    return false;
  }

  private static void applyRange(RecordedRequest request, AnswerPlan plan, Optional<String> etag) {
    long length = plan.body.length();
    Optional<ByteRange> range =
        request.header("Range").flatMap(header -> ByteRange.parse(header, length));
    if (range.isEmpty() || !ifRangeHolds(request, etag)) {
      return;
    }
    plan.headers.put("Content-Range", range.get().contentRange(length));
    if (range.get().satisfiable()) {
      plan.status = 206;
      plan.from = range.get().from();
      plan.count = range.get().count();
    } else {
      plan.status = 416;
      plan.body = Body.of("");
      plan.count = 0;
      plan.headers.remove("Content-Encoding");
    }
  }

  /** RFC 9110 §13.1.5: strong comparison only, so a weak ETag or a date never holds. */
  private static boolean ifRangeHolds(RecordedRequest request, Optional<String> etag) {
    Optional<String> asked = request.header("If-Range");
    return asked.isEmpty() || (asked.equals(etag) && !asked.get().startsWith("W/"));
  }
}
