package health.ferry.core.internal.json;

import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;

/** A part of a text, and what shall stand in its place. */
public final class Splice {

  private final int start;
  private final int end;
  private final byte[] by;

  /**
   * Replaces a part.
   *
   * @param start the first byte that goes
   * @param end the first byte that stays
   * @param by what comes instead; kept, not copied
   */
  public Splice(int start, int end, byte[] by) {
    this.start = start;
    this.end = end;
    this.by = by;
  }

  /** The text with all of these, which must not overlap, in any order. */
  public static byte[] apply(byte[] text, List<Splice> splices) {
    if (splices.isEmpty()) {
      return text;
    }
    List<Splice> inOrder =
        splices.stream().sorted(Comparator.comparingInt(splice -> splice.start)).toList();
    ByteArrayOutputStream spliced = new ByteArrayOutputStream(text.length + 64 * splices.size());
    int copied = 0;
    for (Splice splice : inOrder) {
      if (splice.start < copied) {
        throw new IllegalArgumentException("two splices overlap");
      }
      spliced.write(text, copied, splice.start - copied);
      spliced.writeBytes(splice.by);
      copied = splice.end;
    }
    spliced.write(text, copied, text.length - copied);
    return spliced.toByteArray();
  }

  /** Without the text. */
  @Override
  public String toString() {
    return "Splice " + start + " to " + end;
  }
}
