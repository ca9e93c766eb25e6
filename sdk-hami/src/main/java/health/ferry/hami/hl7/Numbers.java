package health.ferry.hami.hl7;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Numbers as HL7 writes them (NM), with the digits that they came with. */
final class Numbers {

  private static final Pattern FORM = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)");

  /** What FHIR's decimal must be able to hold is 18 digits; longer ones are no measurement. */
  private static final int LONGEST = 40;

  private Numbers() {}

  static Optional<BigDecimal> parse(String text) {
    return text.length() <= LONGEST && FORM.matcher(text).matches()
        ? Optional.of(new BigDecimal(text.startsWith("+") ? text.substring(1) : text))
        : Optional.empty();
  }
}
