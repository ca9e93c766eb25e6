package health.ferry.examples;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in one line what this machine's disk would not do. */
final class DiskFailure {

  private DiskFailure() {}

  static String describe(UncheckedIOException failure) {
    String what = Objects.requireNonNullElse(failure.getMessage(), "The disk failed");
    return what
        + ": "
        + why(failure.getCause())
        + ". Mend that and run the same command again to resume.";
  }

  private static String why(@Nullable Throwable cause) {
    if (cause instanceof AccessDeniedException) {
      return "access denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    String told = null;
    if (cause instanceof FileSystemException file) {
      told = file.getReason();
    } else if (cause != null) {
      told = cause.getMessage();
    }
    return Objects.requireNonNullElse(told, "the system does not say why");
  }
}
