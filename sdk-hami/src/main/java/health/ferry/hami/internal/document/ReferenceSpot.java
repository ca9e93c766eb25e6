package health.ferry.hami.internal.document;

/**
 * A Reference with a literal {@code reference} within a resource's JSON.
 *
 * @param literal the text of {@code reference}; its path ends with {@code .reference}
 * @param start the offset of the Reference's opening brace
 * @param end the offset behind its closing brace
 */
public record ReferenceSpot(TextSpot literal, int start, int end) {

  /** The text of {@code reference}. */
  public String value() {
    return literal.value();
  }

  /** Where the Reference stands, such as {@code Observation.subject}. */
  public String path() {
    return literal.path().substring(0, literal.path().lastIndexOf('.'));
  }

  /** Without the value. */
  @Override
  public String toString() {
    return path();
  }
}
