package health.ferry.core;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One step of long work. Immutable; names files by Ferry's own names, never a URL. */
public final class Progress {

  /** What kind of step it is. */
  public enum Kind {
    /** A server was asked to start a job and did. */
    STARTED,
    /** A server was asked how far its job is. */
    POLLED,
    /** The server's job has ended and its result is known. */
    RESULT_KNOWN,
    /** A file has begun, or was taken up again where it broke off. */
    FILE_STARTED,
    /** Bytes of a file have arrived. */
    FILE_BYTES,
    /** A file is whole, verified, and under its final name. */
    FILE_DONE,
    /** A file could not be had. */
    FILE_FAILED
  }

  private final Kind kind;
  private final @Nullable String text;
  private final @Nullable String file;
  private final long bytes;
  private final long total;

  private Progress(
      Kind kind, @Nullable String text, @Nullable String file, long bytes, long total) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.text = text;
    this.file = file;
    this.bytes = bytes;
    this.total = total;
  }

  /**
   * A step of a job.
   *
   * @param kind the kind of step
   * @param text what the server says of it, or null
   * @return the step
   */
  public static Progress ofJob(Kind kind, @Nullable String text) {
    return new Progress(kind, text, null, 0, -1);
  }

  /**
   * A step of a file.
   *
   * @param kind the kind of step
   * @param file the file's name under Ferry's own names
   * @param bytes how many bytes of it are on disk, as they came over the wire
   * @param total how many there will be, or -1 when the server did not say
   * @return the step
   */
  public static Progress ofFile(Kind kind, String file, long bytes, long total) {
    return new Progress(kind, null, file, bytes, total);
  }

  /**
   * The kind of step.
   *
   * @return the kind
   */
  public Kind kind() {
    return kind;
  }

  /**
   * What the server says of its progress. The server's own words.
   *
   * @return the text, empty when there is none
   */
  public Optional<String> text() {
    return Optional.ofNullable(text);
  }

  /**
   * The file that the step is of.
   *
   * @return its name, empty for a step of the job
   */
  public Optional<String> file() {
    return Optional.ofNullable(file);
  }

  /**
   * How many bytes of the file are on disk.
   *
   * @return wire bytes, 0 for a step of the job
   */
  public long bytes() {
    return bytes;
  }

  /**
   * How many bytes the file will have.
   *
   * @return wire bytes, empty when the server did not say
   */
  public OptionalLong totalBytes() {
    return total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
  }

  @Override
  public String toString() {
    return file == null ? kind.name() : kind + " " + file + " " + bytes;
  }
}
