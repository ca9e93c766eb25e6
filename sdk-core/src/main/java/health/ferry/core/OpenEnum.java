package health.ferry.core;

import java.util.Objects;

/**
 * A value of a list that a server may extend: a status, a code.
 *
 * <p>Subclasses declare the values that are known today as constants; a value that nobody knew is
 * carried as it came, and {@link #isKnown()} tells. Immutable; equal when type and text are equal.
 */
public abstract class OpenEnum {

  private final String value;
  private final boolean known;

  /**
   * Makes a value.
   *
   * @param value the text on the wire
   * @param known whether Ferry knew this value when it was built
   */
  protected OpenEnum(String value, boolean known) {
    this.value = Objects.requireNonNull(value, "value");
    this.known = known;
  }

  /**
   * The text on the wire.
   *
   * @return the value as the server writes it
   */
  public final String value() {
    return value;
  }

  /**
   * Whether Ferry knew this value when it was built.
   *
   * @return false for a value that the server has added since
   */
  public final boolean isKnown() {
    return known;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof OpenEnum that
        && getClass() == that.getClass()
        && value.equals(that.value);
  }

  @Override
  public final int hashCode() {
    return value.hashCode();
  }

  @Override
  public final String toString() {
    return value;
  }
}
