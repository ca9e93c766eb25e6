package health.ferry.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A file that is whole under its name or not there, also after a kill or a power cut. */
final class WholeFile {

  private static final boolean FOLDERS_CAN_BE_FORCED =
      !System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  private WholeFile() {}

  /**
   * Writes a file.
   *
   * @param draft where it grows, on the same disk; what lies there is overwritten
   * @param file its name when it is whole
   */
  static void write(byte[] content, Path draft, Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    if (FOLDERS_CAN_BE_FORCED) {
      try (FileChannel folder =
          FileChannel.open(file.resolveSibling(""), StandardOpenOption.READ)) {
        folder.force(true);
      }
    }
  }
}
