package health.ferry.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Where the bytes of a {@link Body} go. */
interface BodySink {

  /** Takes all that remains in the buffer. */
  void write(ByteBuffer bytes) throws IOException;

  /** Takes a stretch of a file. */
  void transfer(FileChannel file, long position, long count) throws IOException;
}
