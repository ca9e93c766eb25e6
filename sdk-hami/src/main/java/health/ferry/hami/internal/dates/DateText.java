package health.ferry.hami.internal.dates;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;

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

  /** Any digit stands for each 0. A fraction and a zone may follow. */
  private static final String SECOND = "0000-00-00T00:00:00";

  private static final int YEAR = 4;
  private static final int MONTH = 7;
  private static final int DAY = 10;

  private static final int MOST_MINUTES_FROM_UTC = 14 * 60;

  /** Reads a text. */
  public static DateText of(String text) {
    int length = text.length();
    boolean second = length >= SECOND.length();
    boolean date = length == YEAR || length == MONTH || length == DAY;
    if (!(second || date)
        || !isFormed(text, 0, SECOND.substring(0, Math.min(length, SECOND.length())))) {
      return of(Kind.MALFORMED);
    }
    try {
      return second ? time(text) : of(date(text));
    } catch (DateTimeException notInTheCalendar) {
      return of(Kind.MALFORMED);
    }
  }

  private static DateText of(Kind kind) {
    return new DateText(kind, "", false, false);
  }

  private static Kind date(String text) {
    int year = year(text);
    if (text.length() == DAY) {
      LocalDate.of(year, number(text, 5), number(text, 8));
      return Kind.DAY;
    }
    if (text.length() == MONTH) {
      YearMonth.of(year, number(text, 5));
    }
    return Kind.PARTIAL;
  }

  private static DateText time(String text) {
    int second = number(text, 17);
    boolean leap = second == 60;
    LocalDateTime local =
        LocalDateTime.of(
            year(text),
            number(text, 5),
            number(text, 8),
            number(text, 11),
            number(text, 14),
            leap ? 59 : second);
    int zone = endOfFraction(text);
    if (zone == text.length()) {
      return of(Kind.WITHOUT_ZONE);
    }
    boolean moved = !text.startsWith("Z", zone) || zone + 1 < text.length();
    boolean fraction = zone > SECOND.length();
    if (!moved && !fraction) {
      return of(leap ? Kind.LEAP_SECOND : Kind.UTC);
    }
    LocalDateTime utc = moved ? local.minusMinutes(minutesFromUtc(text, zone)) : local;
    return leap || utc.getYear() < 1 || utc.getYear() > 9999
        ? of(Kind.INCONVERTIBLE)
        : new DateText(Kind.CONVERTIBLE, text(utc), moved, fraction);
  }

  /** Where the zone begins, if there is one: behind the seconds, or behind their digits. */
  private static int endOfFraction(String text) {
    int start = SECOND.length();
    if (!text.startsWith(".", start)) {
      return start;
    }
    int end = start + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    if (end == start + 1) {
      throw new DateTimeException("a point without digits");
    }
    return end;
  }

  private static int minutesFromUtc(String text, int zone) {
    boolean east = text.startsWith("+", zone);
    if (!(east || text.startsWith("-", zone)) || !isFormed(text, zone + 1, "00:00")) {
      throw new DateTimeException("no zone");
    }
    int ofHour = number(text, zone + 4);
    int minutes = 60 * number(text, zone + 1) + ofHour;
    if (zone + 6 != text.length() || ofHour > 59 || minutes > MOST_MINUTES_FROM_UTC) {
      throw new DateTimeException("no zone");
    }
    return east ? minutes : -minutes;
  }

  /** ISO 8601, but always with seconds. */
  private static String text(LocalDateTime utc) {
    return utc + (utc.getSecond() == 0 ? ":00Z" : "Z");
  }

  /** FHIR has no year 0. */
  private static int year(String text) {
    int year = 100 * number(text, 0) + number(text, 2);
    if (year == 0) {
      throw new DateTimeException("year 0");
    }
    return year;
  }

  /** Of two digits. */
  private static int number(String text, int start) {
    return 10 * (text.charAt(start) - '0') + text.charAt(start + 1) - '0';
  }

  private static boolean isFormed(String text, int start, String form) {
    boolean formed = start + form.length() <= text.length();
    for (int i = 0; formed && i < form.length(); i++) {
      char given = text.charAt(start + i);
      formed = form.charAt(i) == '0' ? isDigit(given) : form.charAt(i) == given;
    }
    return formed;
  }

  private static boolean isDigit(char given) {
    return given >= '0' && given <= '9';
  }

  /** The kind. */
  @Override
  public String toString() {
    return kind.toString();
  }
}
