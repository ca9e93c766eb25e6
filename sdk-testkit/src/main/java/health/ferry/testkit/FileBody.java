package health.ferry.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A body on disk. */
final class FileBody extends Body {

  private final Path file;
  private final long length;
  private final String fingerprint;

  FileBody(Path file) {
    this.file = file;
    try {
      length = Files.size(file);
      fingerprint =
          Long.toHexString(Files.getLastModifiedTime(file).toMillis())
              + "-"
              + Long.toHexString(length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  String fingerprint() {
    return fingerprint;
  }

  @Override
  void writeTo(BodySink sink, long from, long count) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      sink.transfer(channel, from, count);
    }
  }
}
