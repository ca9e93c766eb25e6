package health.ferry.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The content of a file that a {@link FaultyServer} serves. A body can be written any number of
 * times, by several connections at once.
 */
public abstract class Body {

  Body() {}

  /**
   * A body held in memory.
   *
   * @param bytes the content; copied
   * @return the body
   */
  public static Body of(byte[] bytes) {
    return new BytesBody(bytes.clone());
  }

  /**
   * A body held in memory.
   *
   * @param text the content, served as UTF-8
   * @return the body
   */
  public static Body of(String text) {
    return new BytesBody(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * A body read from disk at each request. Its length is taken now, so the file must not change
   * while it is served.
   *
   * @param file an existing file
   * @return the body
   * @throws java.io.UncheckedIOException if the file's size cannot be read
   */
  public static Body file(Path file) {
    return new FileBody(file);
  }

  /**
   * One block again and again: gigabytes without the memory.
   *
   * @param block what is repeated, for NDJSON whole lines; copied, not empty
   * @param times how often, at least once
   * @return the body
   */
  public static Body repeated(byte[] block, long times) {
    return new RepeatedBody(block.clone(), times);
  }

  /**
   * The length of the content before any content encoding.
   *
   * @return bytes
   */
  public abstract long length();

  /** Text that differs when the content differs; the heart of the file's ETag. */
  abstract String fingerprint();

  /** Writes {@code count} bytes from {@code from} on. */
  abstract void writeTo(BodySink sink, long from, long count) throws IOException;
}
