package health.ferry.hami.hl7;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date or time as HL7 writes it, {@code YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]}, as
 * precise as it is.
 *
 * @param date the day; of a year or month its first
 * @param precision of the date: year, month or day
 * @param time the time of day, or null when there is none, or an hour alone
 * @param hasTime whether any part of a time of day was there
 * @param fraction whether it had parts of a second
 * @param offset what it states, or null
 */
record Hl7Time(
    LocalDate date,
    TemporalPrecisionEnum precision,
    @Nullable LocalTime time,
    boolean hasTime,
    boolean fraction,
    @Nullable ZoneOffset offset) {

  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(?:(\\d\\d)(?:(\\d\\d)(?:(\\d\\d)(?:(\\d\\d)(?:(\\d\\d)(\\.\\d{1,9})?)?)?)?)?)?"
              + "([+-]\\d{4})?");

  /** Reads a text; empty when it has another form, or is a day or time that there is not. */
  static Optional<Hl7Time> parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Hl7Time(
              LocalDate.of(number(form, 1, 0), number(form, 2, 1), number(form, 3, 1)),
              precision(form),
              form.group(5) == null ? null : timeOfDay(form),
              form.group(4) != null,
              form.group(7) != null,
              form.group(8) == null ? null : ZoneOffset.of(form.group(8))));
    } catch (DateTimeException impossible) {
      return Optional.empty();
    }
  }

  @Nullable LocalDateTime dateTime() {
    return time == null ? null : date.atTime(time);
  }

  private static TemporalPrecisionEnum precision(Matcher form) {
    return form.group(2) == null
        ? TemporalPrecisionEnum.YEAR
        : form.group(3) == null ? TemporalPrecisionEnum.MONTH : TemporalPrecisionEnum.DAY;
  }

  private static LocalTime timeOfDay(Matcher form) {
    LocalTime whole = LocalTime.of(number(form, 4, 0), number(form, 5, 0), number(form, 6, 0));
    String fraction = form.group(7);
    return fraction == null
        ? whole
        : whole.withNano(Integer.parseInt((fraction.substring(1) + "00000000").substring(0, 9)));
  }

  private static int number(Matcher form, int group, int otherwise) {
    String digits = form.group(group);
    return digits == null ? otherwise : Integer.parseInt(digits);
  }

  /** Without the value. */
  @Override
  public String toString() {
    return "Hl7Time";
  }
}
