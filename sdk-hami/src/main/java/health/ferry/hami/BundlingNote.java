package health.ferry.hami;

/**
 * Something that a bundling did or saw, how often. Holds no value.
 *
 * @param path where, as a FHIR path without indexes, such as {@code Observation.performer}
 * @param rule what is so there
 * @param count how often
 */
public record BundlingNote(String path, String rule, long count) {

  /** All of it. */
  @Override
  public String toString() {
    return "%s: %s (%d)".formatted(path, rule, count);
  }
}
