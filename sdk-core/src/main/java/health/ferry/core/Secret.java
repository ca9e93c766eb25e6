package health.ferry.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;

/**
 * A key, token or password that never prints.
 *
 * <p>Immutable. {@link #toString()} is always the same text, equality takes constant time, and the
 * class cannot be serialised.
 */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a value.
   *
   * @param value the secret, neither blank nor with line breaks
   * @return the secret
   * @throws ConfigurationException when the value is blank or has a line break
   */
  public static Secret of(String value) {
    Objects.requireNonNull(value, "value");
    return checked("secret", value);
  }

  /**
   * Reads a value from the environment.
   *
   * @param variable the variable's name
   * @return the secret
   * @throws ConfigurationException when the variable is missing, blank or has a line break
   */
  public static Secret fromEnv(String variable) {
    return checked(variable, Objects.requireNonNullElse(System.getenv(variable), ""));
  }

  private static Secret checked(String name, String value) {
    if (value.isBlank()) {
      throw refused(name, "must be set and not blank");
    }
    if (value.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      throw refused(name, "must not contain a line break");
    }
    return new Secret(value);
  }

  private static ConfigurationException refused(String name, String rule) {
    return new ConfigurationException(
        CallInfo.of("Ferry", "configuration"), List.of(new Violation(name, rule)));
  }

  /**
   * The value itself. Call it where the value goes on the wire, and nowhere else.
   *
   * @return the secret in clear
   */
  public String reveal() {
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return 0;
  }

  @Override
  public String toString() {
    return "Secret(***)";
  }
}
