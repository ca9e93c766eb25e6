package health.ferry.hami.internal.document;

/**
 * A string within a resource's JSON.
 *
 * @param path where it stands, in FHIR's words, such as {@code Patient.contact[0].period.start}
 * @param type the element's type, such as {@code dateTime}
 * @param value what it says, without escapes; patient data
 * @param start the offset of its opening quote
 * @param end the offset behind its closing quote
 */
public record TextSpot(String path, String type, String value, int start, int end) {

  /** Without the value. */
  @Override
  public String toString() {
    return path;
  }
}
