package health.ferry.examples.faults;

/**
 * A patient that a caller was given.
 *
 * @param json the Bundle's text
 */
public record HandedOut(String patientId, String json) {

  /** A Bundle is too long for a message. */
  @Override
  public String toString() {
    return patientId + ", " + json.length() + " characters";
  }
}
