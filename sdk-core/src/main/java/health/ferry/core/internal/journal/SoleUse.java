package health.ferry.core.internal.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that one owner has at a time: in this process and, as long as the file system knows locks,
 * among all that run on this machine. A process that ends in whatever way owns nothing any more.
 */
public final class SoleUse implements Closeable {

  /**
   * What this process owns. A lock is the whole process's, and on POSIX it ends when any channel of
   * its file is closed, so a second owner must be turned away before it opens one.
   */
  private static final Set<Path> OWNED = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;

  private SoleUse(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the file, and makes it when it is not there.
   *
   * @return empty when another one has it
   */
  public static Optional<SoleUse> of(Path file) throws IOException {
    Path real = real(file);
    if (!OWNED.add(real)) {
      return Optional.empty();
    }
    boolean owned = false;
    try {
      Optional<SoleUse> taken = locked(real);
      owned = taken.isPresent();
      return taken;
    } finally {
      if (!owned) {
        OWNED.remove(real);
      }
    }
  }

  private static Optional<SoleUse> locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    return locked ? Optional.of(new SoleUse(file, channel)) : Optional.empty();
  }

  /** One path for one file, whatever links lead there. */
  private static Path real(Path file) throws IOException {
    if (Files.exists(file)) {
      return file.toRealPath();
    }
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    return folder == null ? absolute : folder.toRealPath().resolve(absolute.getFileName());
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      OWNED.remove(file);
    }
  }
}
