package health.ferry.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A body under a path. Thread-safe; compresses itself once, when first asked. */
final class ServedFile {

  private static final long PRECOMPUTED_GZIP_LIMIT = 64L * 1024 * 1024;

  private final Body body;
  private final FileOptions options;
  private @Nullable Body gzip;

  ServedFile(Body body, FileOptions options) {
    this.body = body;
    this.options = options;
  }

  Body body() {
    return body;
  }

  FileOptions options() {
    return options;
  }

  boolean gzipFitsInMemory() {
    return body.length() <= PRECOMPUTED_GZIP_LIMIT;
  }

  synchronized Body gzip() {
    if (gzip == null) {
      try {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        GzipSink sink = new GzipSink(out);
        body.writeTo(sink, 0, body.length());
        sink.finish();
        gzip = new BytesBody(out.toByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return gzip;
  }
}
