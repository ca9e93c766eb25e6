package health.ferry.fhir;

import com.fasterxml.jackson.core.JsonLocation;
import org.jspecify.annotations.Nullable;

/**
 * Why a text is no FHIR resource, in words without a value from it. Becomes the public error of
 * whoever knows where the text came from.
 */
final class UnreadableResourceException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final int line;
  private final int column;
  private final boolean cutOff;

  private UnreadableResourceException(
      String problem, int line, int column, boolean cutOff, @Nullable Throwable cause) {
    super(problem, cause);
    this.problem = problem;
    this.line = line;
    this.column = column;
    this.cutOff = cutOff;
  }

  static UnreadableResourceException of(String problem) {
    return new UnreadableResourceException(problem, 0, 0, false, null);
  }

  static UnreadableResourceException of(String problem, Throwable redactedCause) {
    return new UnreadableResourceException(problem, 0, 0, false, redactedCause);
  }

  static UnreadableResourceException at(
      JsonLocation place, String problem, Throwable redactedCause) {
    return new UnreadableResourceException(
        problem, place.getLineNr(), place.getColumnNr(), false, redactedCause);
  }

  static UnreadableResourceException cutOff(JsonLocation place, Throwable redactedCause) {
    return new UnreadableResourceException(
        "ends in the middle of a JSON object",
        place.getLineNr(),
        place.getColumnNr(),
        true,
        redactedCause);
  }

  /** What is wrong, as the end of a sentence whose subject is the text. */
  String problem() {
    return problem;
  }

  /** The line within the text, from 1; 0 if unknown. */
  int line() {
    return line;
  }

  /** The column within the line, from 1; 0 if unknown. */
  int column() {
    return column;
  }

  /** Whether the text is the beginning of a JSON object. */
  boolean isCutOff() {
    return cutOff;
  }
}
