package health.ferry.testkit.internal.hami;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as HAMI wants them: {@code YYYY-MM-DDTHH:mm:ssZ}. FHIR's shorter dates pass,
 * since they name no time whose zone could be wrong.
 */
final class DateRules {

  private static final Set<String> DATES = Set.of("birthDate", "valueDate");

  /** R4's dateTimes and instants that can stand in the supported types and their data types. */
  private static final Set<String> DATE_TIMES =
      Set.of(
          "abatementDateTime",
          "authoredOn",
          "created",
          "creation",
          "deceasedDateTime",
          "effectiveDateTime",
          "effectiveInstant",
          "end",
          "issued",
          "lastOccurrence",
          "lastUpdated",
          "onsetDateTime",
          "performedDateTime",
          "recordedDate",
          "start",
          "valueDateTime",
          "valueInstant");

  private static final Pattern DATE = Pattern.compile("(\\d{4})(-\\d{2})?(-\\d{2})?");
  private static final Pattern DATE_TIME =
      Pattern.compile("(\\d{4}-\\d{2}-\\d{2})T(\\d{2}:\\d{2}:\\d{2})Z");

  private DateRules() {}

  static boolean isDate(String element) {
    return DATES.contains(element);
  }

  static boolean isDateTime(String element) {
    return DATE_TIMES.contains(element);
  }

  static boolean isValidDate(String value) {
    Matcher date = DATE.matcher(value);
    if (!date.matches()) {
      return false;
    }
    try {
      if (date.group(3) != null) {
        LocalDate.parse(value);
      } else if (date.group(2) != null) {
        YearMonth.parse(value);
      }
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  static boolean isValidDateTime(String value) {
    Matcher dateTime = DATE_TIME.matcher(value);
    if (!dateTime.matches()) {
      return isValidDate(value);
    }
    try {
      LocalDate.parse(dateTime.group(1));
      // R4 knows leap seconds, Java does not.
      LocalTime.parse(dateTime.group(2).replaceFirst(":60$", ":59"));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
