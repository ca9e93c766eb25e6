package health.ferry.hami.internal.document;

/** The bytes are no FHIR resource. The message names the place and never a value. */
public final class MalformedDocumentException extends Exception {

  private final String problem;

  MalformedDocumentException(String problem) {
    super(problem);
    this.problem = problem;
  }

  /** What is wrong, as the end of a sentence whose subject is the text. */
  public String problem() {
    return problem;
  }
}
