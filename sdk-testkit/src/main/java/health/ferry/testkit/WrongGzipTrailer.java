package health.ferry.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Spoils the end of a gzip answer. */
final class WrongGzipTrailer {

  private WrongGzipTrailer() {}

  static void applyTo(AnswerPlan plan) {
    if (!"gzip".equals(plan.headers.get("Content-Encoding")) || plan.compressOnTheWay) {
      plan.replace(500, "wrongGzipTrailer() needs a file with gzip, of at most 64 MiB\n");
      return;
    }
    try {
      ByteArrayOutputStream gzip = new ByteArrayOutputStream();
      MemorySink sink = new MemorySink(gzip);
      plan.body.writeTo(sink, 0, plan.body.length());
      plan.body = new WrongTrailerBody(gzip.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
