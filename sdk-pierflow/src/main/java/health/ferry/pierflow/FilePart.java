package health.ferry.pierflow;

import java.io.IOException;
import java.nio.file.Path;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;

/**
 * A file as a part of a form, read from disk anew for each attempt. One-shot to OkHttp, which must
 * not send it a second time by itself.
 */
final class FilePart extends RequestBody {

  private static final MediaType BYTES = MediaType.get("application/octet-stream");

  private final Path file;
  private final long size;

  FilePart(Path file, long size) {
    this.file = file;
    this.size = size;
  }

  @Override
  public MediaType contentType() {
    return BYTES;
  }

  @Override
  public long contentLength() {
    return size;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    try (Source source = Okio.source(file)) {
      sink.writeAll(source);
    }
  }
}
