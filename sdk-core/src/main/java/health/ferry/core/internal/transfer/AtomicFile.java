package health.ferry.core.internal.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Files that are whole or absent under their final name, also after a power cut. */
public final class AtomicFile {

  private AtomicFile() {}

  /** Replaces the file's content; a reader sees the old one or the new one. */
  public static void write(Path target, byte[] content) throws IOException {
    Path draft = target.resolveSibling(target.getFileName() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    move(draft, target);
    keepNames(target.toAbsolutePath().getParent());
  }

  /**
   * Gives a file that is already written its final name, once its content is forced to disk. After
   * a power cut it has the name that it had or this one; {@link #keepNames} makes this one last,
   * for many files at once.
   */
  public static void publish(Path draft, Path target) throws IOException {
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    move(draft, target);
  }

  private static void move(Path draft, Path target) throws IOException {
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Makes the new names in a folder last. Only some systems let a folder be opened for that. */
  public static void keepNames(@Nullable Path folder) throws IOException {
    if (folder == null || System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
