package health.ferry.hami.internal.document;

/** The bytes are no FHIR resource. The message names the place and never a value. */
public final class MalformedDocumentException extends Exception {

  MalformedDocumentException(String problem) {
    super(problem);
  }
}
