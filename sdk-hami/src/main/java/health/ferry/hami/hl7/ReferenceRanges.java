package health.ferry.hami.hl7;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Quantity;

/**
 * OBX-7, as HL7 v2.5.1, 7.4.2.7 writes it: {@code 60-100}, {@code <5}, {@code >40}, or any text.
 * The text is always kept; bounds are given where they are sure, in the value's unit.
 */
final class ReferenceRanges {

  private static final Pattern BETWEEN =
      Pattern.compile("([+-]?[\\d.]+)\\s*(?:-|to)\\s*([+-]?[\\d.]+)");

  private static final Pattern BELOW = Pattern.compile("<=?\\s*([+-]?[\\d.]+)");
  private static final Pattern ABOVE = Pattern.compile(">=?\\s*([+-]?[\\d.]+)");

  private ReferenceRanges() {}

  static ObservationReferenceRangeComponent range(String text, Optional<Quantity> unit) {
    ObservationReferenceRangeComponent range =
        new ObservationReferenceRangeComponent().setText(text);
    if (unit.isEmpty()) {
      return range;
    }
    bound(BETWEEN, text, 1, unit.get()).ifPresent(range::setLow);
    bound(BETWEEN, text, 2, unit.get()).ifPresent(range::setHigh);
    bound(ABOVE, text, 1, unit.get()).ifPresent(range::setLow);
    bound(BELOW, text, 1, unit.get()).ifPresent(range::setHigh);
    return range;
  }

  private static Optional<Quantity> bound(Pattern form, String text, int group, Quantity unit) {
    Matcher bounds = form.matcher(text);
    return bounds.matches()
        ? Numbers.parse(bounds.group(group)).map(number -> unit.copy().setValue(number))
        : Optional.empty();
  }
}
