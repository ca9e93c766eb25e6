package health.ferry.hami.internal.dates;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text in the place of a FHIR date says, and how far it is from whole seconds in UTC.
 *
 * @param kind what it is
 * @param utc the same point in time as whole seconds in UTC, for {@link Kind#CONVERTIBLE}, else
 *     empty
 * @param moved whether the offset is not {@code Z}
 * @param fraction whether it has a fraction of a second
 * @see <a href="https://hl7.org/fhir/R4/datatypes.html#dateTime">FHIR R4 dateTime</a>
 */
public record DateText(Kind kind, String utc, boolean moved, boolean fraction) {

  /** What a text can be. */
  public enum Kind {
    /** A year, or a month of a year. */
    PARTIAL,
    /** A day. */
    DAY,
    /** Whole seconds in UTC, written with {@code Z}. */
    UTC,
    /** A point in time with an offset or a fraction. */
    CONVERTIBLE,
    /** A time that may be anywhere on Earth. */
    WITHOUT_ZONE,
    /** Second 60 in UTC, which FHIR allows and few systems hold. */
    LEAP_SECOND,
    /** Second 60 with an offset or a fraction, or a point whose year in UTC has not four digits. */
    INCONVERTIBLE,
    /** Nothing that FHIR knows, or no date of the calendar. */
    MALFORMED
  }

  private static final Pattern DATE = Pattern.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?");

  private static final Pattern TIME =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(\\.[0-9]+)?"
              + "(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?");

  /** Reads a text. */
  public static DateText of(String text) {
    try {
      if (text.indexOf('T') < 0) {
        Matcher date = DATE.matcher(text);
        return of(date.matches() ? date(date) : Kind.MALFORMED);
      }
      Matcher time = TIME.matcher(text);
      return time.matches() ? time(time) : of(Kind.MALFORMED);
    } catch (DateTimeException notInTheCalendar) {
      return of(Kind.MALFORMED);
    }
  }

  private static DateText of(Kind kind) {
    return new DateText(kind, "", false, false);
  }

  private static Kind date(Matcher text) {
    int year = year(text);
    if (text.group(2) == null) {
      Year.of(year);
      return Kind.PARTIAL;
    }
    if (text.group(3) == null) {
      YearMonth.of(year, number(text, 2));
      return Kind.PARTIAL;
    }
    LocalDate.of(year, number(text, 2), number(text, 3));
    return Kind.DAY;
  }

  private static DateText time(Matcher text) {
    boolean leap = number(text, 6) == 60;
    LocalDateTime local =
        LocalDateTime.of(
            year(text),
            number(text, 2),
            number(text, 3),
            number(text, 4),
            number(text, 5),
            leap ? 59 : number(text, 6));
    String zone = text.group(8);
    if (zone == null) {
      return of(Kind.WITHOUT_ZONE);
    }
    boolean moved = !zone.equals("Z");
    boolean fraction = text.group(7) != null;
    if (!moved && !fraction) {
      return of(leap ? Kind.LEAP_SECOND : Kind.UTC);
    }
    LocalDateTime utc = local.minusSeconds(ZoneOffset.of(zone).getTotalSeconds());
    return leap || utc.getYear() < 1 || utc.getYear() > 9999
        ? of(Kind.INCONVERTIBLE)
        : new DateText(Kind.CONVERTIBLE, text(utc), moved, fraction);
  }

  /** ISO 8601, but always with seconds. */
  private static String text(LocalDateTime utc) {
    return utc + (utc.getSecond() == 0 ? ":00Z" : "Z");
  }

  /** FHIR has no year 0. */
  private static int year(Matcher text) {
    int year = number(text, 1);
    if (year == 0) {
      throw new DateTimeException("year 0");
    }
    return year;
  }

  private static int number(Matcher text, int group) {
    return Integer.parseInt(text.group(group));
  }

  /** The kind. */
  @Override
  public String toString() {
    return kind.toString();
  }
}
