package health.ferry.hami.internal.dates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Dates are read character by character, and must be what FHIR's pattern and the JDK say. */
class DateTextPatternTest {

  /** <a href="https://hl7.org/fhir/R4/datatypes.html#dateTime">R4's</a>, but the zone may lack. */
  private static final Pattern DATE_TIME =
      Pattern.compile(
          "([0-9]([0-9]([0-9][1-9]|[1-9]0)|[1-9]00)|[1-9]000)"
              + "(-(0[1-9]|1[0-2])(-(?<day>0[1-9]|[1-2][0-9]|3[0-1])"
              + "(?<time>T([01][0-9]|2[0-3]):[0-5][0-9]:(?<second>[0-5][0-9]|60)"
              + "(?<fraction>\\.[0-9]+)?"
              + "(?<zone>Z|(\\+|-)((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?)?)?)?");

  private static final List<String> SOUND =
      List.of(
          "2024",
          "2024-02",
          "2024-02-29",
          "2023-03-01T00:00:00Z",
          "2024-12-31T23:59:60Z",
          "2024-02-29T23:59:59",
          "1900-01-31T19:20:00.000000001Z",
          "2019-10-09T13:04:20+13:59",
          "0001-01-01T00:00:00.0+00:59",
          "9999-12-31T23:59:59.123-14:00");

  private static final String DAMAGE = "0123456789-+:.TZ ٣";

  @Test
  void damaged_dates_are_what_the_pattern_says() {
    Random random = new Random(12);
    Map<DateText.Kind, Integer> seen = new EnumMap<>(DateText.Kind.class);
    for (int i = 0; i < 200_000; i++) {
      String text = damaged(SOUND.get(random.nextInt(SOUND.size())), random);

      DateText date = DateText.of(text);

      assertThat(date.kind() + date.utc()).as(text).isEqualTo(expected(text));
      seen.merge(date.kind(), 1, Integer::sum);
    }
    assertThat(seen)
        .containsOnlyKeys(DateText.Kind.values())
        .allSatisfy((kind, times) -> assertThat(times).isGreaterThan(100));
  }

  private static String damaged(String sound, Random random) {
    StringBuilder text = new StringBuilder(sound);
    for (int left = random.nextInt(4); left > 0; left--) {
      int at = random.nextInt(text.length());
      char other = DAMAGE.charAt(random.nextInt(DAMAGE.length()));
      switch (random.nextInt(6)) {
        case 0 -> text.deleteCharAt(at);
        case 1 -> text.insert(at, other);
        case 2 -> text.append(other);
        default -> text.setCharAt(at, other);
      }
    }
    return text.toString();
  }

  /** The kind, and what it is in UTC when it is to be converted. */
  private static String expected(String text) {
    Matcher date = DATE_TIME.matcher(text);
    if (!date.matches() || (date.group("day") != null && !isInCalendar(text.substring(0, 10)))) {
      return "MALFORMED";
    }
    if (date.group("time") == null) {
      return date.group("day") == null ? "PARTIAL" : "DAY";
    }
    String zone = date.group("zone");
    if (zone == null) {
      return "WITHOUT_ZONE";
    }
    boolean whole = date.group("fraction") == null && zone.equals("Z");
    if (date.group("second").equals("60")) {
      return whole ? "LEAP_SECOND" : "INCONVERTIBLE";
    }
    LocalDateTime utc =
        LocalDateTime.parse(text.substring(0, 19))
            .minusSeconds(ZoneOffset.of(zone).getTotalSeconds());
    if (utc.getYear() < 1 || utc.getYear() > 9999) {
      return "INCONVERTIBLE";
    }
    return whole ? "UTC" : "CONVERTIBLE" + DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(utc) + "Z";
  }

  private static boolean isInCalendar(String day) {
    try {
      LocalDate.parse(day);
      return true;
    } catch (DateTimeParseException none) {
      return false;
    }
  }
}
