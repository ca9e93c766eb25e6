package health.ferry.core;

import java.util.Objects;

/**
 * One thing that is wrong with what the caller gave: where, and which rule it breaks.
 *
 * <p>Never the offending value: it may be a secret or a patient's.
 *
 * @param path where it lies: a setting's name, a FHIR path, a row and column
 * @param rule what is expected there, and the remedy
 */
public record Violation(String path, String rule) {

  /**
   * Refuses missing parts.
   *
   * @param path as above
   * @param rule as above
   */
  public Violation {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(rule, "rule");
  }

  @Override
  public String toString() {
    return path + ": " + rule;
  }
}
