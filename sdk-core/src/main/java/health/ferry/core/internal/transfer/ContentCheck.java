package health.ferry.core.internal.transfer;

import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Looks at a file's decoded content as it passes, from the first byte to the last.
 *
 * <p>One per try; used by one thread.
 */
public interface ContentCheck {

  /**
   * Learns that the file has at least so many bytes: by its header before they come, by what has
   * come, and, where it travels encoded, by what has been decoded.
   *
   * @throws FerryException when these are too many
   */
  default void atLeast(long bytes) {}

  /**
   * Sees the next bytes.
   *
   * @throws IntegrityException when they cannot be what was promised
   */
  void update(byte[] bytes, int offset, int length);

  /**
   * Has seen the last byte.
   *
   * @param content the whole file, for whoever must look at a part again
   * @throws IntegrityException when the whole is not what was promised
   */
  void finish(Path content) throws IOException;
}
