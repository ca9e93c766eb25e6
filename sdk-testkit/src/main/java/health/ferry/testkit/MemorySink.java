package health.ferry.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/** Keeps what it is given. */
record MemorySink(ByteArrayOutputStream out) implements BodySink {

  @Override
  public void write(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    out.writeBytes(copy);
  }

  @Override
  public void transfer(FileChannel file, long position, long count) throws IOException {
    file.transferTo(position, count, Channels.newChannel(out));
  }
}
