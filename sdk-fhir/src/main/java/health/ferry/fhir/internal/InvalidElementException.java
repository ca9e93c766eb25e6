package health.ferry.fhir.internal;

import ca.uhn.fhir.parser.DataFormatException;

/** An element that the R4 model cannot hold. Names the element and the rule, never the value. */
public final class InvalidElementException extends DataFormatException {

  private static final long serialVersionUID = 1L;

  /**
   * Makes the error.
   *
   * @param problem the element as FHIR R4 names it and what is wrong, without its value
   */
  public InvalidElementException(String problem) {
    super(problem);
  }
}
