package health.ferry.hami.internal.bundling;

/**
 * A business identifier of a resource. Patient data.
 *
 * @param system its namespace, empty when it states none
 * @param value its value
 */
record Identifier(String system, String value) {

  /** As a search writes it: {@code system|value}, or the value alone. */
  String token() {
    return system.isEmpty() ? value : system + '|' + value;
  }

  /** The other way round. */
  static Identifier ofToken(String token) {
    int bar = token.indexOf('|');
    return new Identifier(bar < 0 ? "" : token.substring(0, bar), token.substring(bar + 1));
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "Identifier";
  }
}
