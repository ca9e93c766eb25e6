package health.ferry.bulkfhir.internal.check;

/** Why a line is no resource in JSON, in words without a value from it. */
public final class MalformedLineException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean cut;

  private MalformedLineException(String problem, boolean cut) {
    // Thrown once per broken file and turned into a public error: its own trace says nothing more.
    super(problem, null, false, false);
    this.cut = cut;
  }

  static MalformedLineException of(String problem) {
    return new MalformedLineException(problem, false);
  }

  static MalformedLineException cut() {
    return new MalformedLineException("ends in the middle of a resource", true);
  }

  /** What ends a line must not do so within its object; no other byte may stand there either. */
  static MalformedLineException unexpected(byte b) {
    return b == '\n' || b == '\r' ? cut() : of("is not JSON");
  }

  /** Whether the line is good as far as it goes. */
  public boolean isCut() {
    return cut;
  }

  /** What is wrong, as the end of a sentence whose subject is the line. */
  public String problem() {
    return String.valueOf(getMessage());
  }
}
