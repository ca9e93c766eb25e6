package health.ferry.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.zip.GZIPOutputStream;

/** Compresses what it is given and passes it on. */
final class GzipSink implements BodySink {

  private static final int BUFFER = 64 * 1024;

  private final GZIPOutputStream gzip;
  private final WritableByteChannel channel;

  GzipSink(OutputStream out) throws IOException {
    gzip = new GZIPOutputStream(out, BUFFER);
    channel = Channels.newChannel(gzip);
  }

  @Override
  public void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void transfer(FileChannel file, long position, long count) throws IOException {
    long at = position;
    long end = position + count;
    while (at < end) {
      at += file.transferTo(at, end - at, channel);
    }
  }

  /** Writes the trailer; the stream below stays open. */
  void finish() throws IOException {
    gzip.finish();
  }
}
