package health.ferry.bulkfhir;

import java.util.Objects;

/**
 * A file that could not be had. Running the export again into the same directory tries again.
 *
 * @param file the file's name below the directory
 * @param cause why
 */
public record FailedFile(String file, RuntimeException cause) {

  /**
   * Refuses missing parts.
   *
   * @param file as above
   * @param cause as above
   */
  public FailedFile {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(cause, "cause");
  }

  /**
   * Why, in one line without personal data.
   *
   * @return the cause's message
   */
  public String reason() {
    return Objects.requireNonNullElse(cause.getMessage(), cause.getClass().getSimpleName());
  }
}
