package health.ferry.fhir.internal.decode;

/** This JSON is not as plain as it could be: HAPI's parser is to decide. */
final class UnsureException extends Exception {

  private static final long serialVersionUID = 1L;

  /** Never shown, and thrown once a line where a server writes its JSON in an unusual way. */
  UnsureException() {
    super(null, null, false, false);
  }
}
