package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A patient's name that must not come out anywhere. */
final class Canary {

  static final String NAME = "Zanzibrook";

  private Canary() {}

  /** Looks through message, causes, suppressed errors and their text, as a logger would. */
  static void isNowhereIn(Throwable error) {
    StringWriter printed = new StringWriter();
    error.printStackTrace(new PrintWriter(printed));
    assertThat(printed.toString()).contains(error.getMessage()).doesNotContain(NAME);
  }
}
