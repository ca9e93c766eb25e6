package health.ferry.hami.hl7;

import java.util.Objects;

/**
 * A part of a message that no resource holds, or holds in another form than it came.
 *
 * <p>Never the value: whoever wants it looks at the place.
 *
 * @param path the place, counted from one: segment, field, repetition, component, subcomponent, as
 *     in {@code OBX[3]-5[1].4.2}; a part of it where the rest does not matter, such as {@code
 *     DG1[1]}
 * @param reason why, and the remedy if there is one
 */
public record Unmapped(String path, String reason) {

  /**
   * Refuses missing parts.
   *
   * @param path as above
   * @param reason as above
   */
  public Unmapped {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String toString() {
    return path + ": " + reason;
  }
}
