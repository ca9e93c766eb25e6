package health.ferry.hami.internal.preflight;

import health.ferry.hami.internal.dates.DateText;
import health.ferry.hami.internal.document.TextSpot;

/** Dates of the calendar, and times as HAMI wants them (seed, "DateTime Format"). */
final class DateRules {

  private static final String UTC = "whole seconds in UTC, as in YYYY-MM-DDTHH:mm:ssZ";

  private DateRules() {}

  static void check(TextSpot date, Findings findings) {
    DateText.Kind kind = DateText.of(date.value()).kind();
    switch (date.type()) {
      case "date" -> day(kind, date.path(), findings);
      case "instant" -> instant(kind, date.path(), findings);
      default -> dateTime(kind, date.path(), findings);
    }
  }

  private static void day(DateText.Kind kind, String path, Findings findings) {
    switch (kind) {
      case DAY -> {}
      case PARTIAL -> findings.warning(path, "is less than a day, and HAMI asks for YYYY-MM-DD");
      default -> findings.error(path, "must be a day of the calendar, as in YYYY-MM-DD");
    }
  }

  private static void instant(DateText.Kind kind, String path, Findings findings) {
    switch (kind) {
      case DAY, PARTIAL -> findings.error(path, "must be a point in time, in " + UTC);
      default -> dateTime(kind, path, findings);
    }
  }

  private static void dateTime(DateText.Kind kind, String path, Findings findings) {
    switch (kind) {
      case UTC -> {}
      case DAY, PARTIAL -> findings.warning(path, "has no time, and HAMI asks for " + UTC);
      case LEAP_SECOND -> findings.warning(path, "is a leap second, which few systems can hold");
      case CONVERTIBLE ->
          findings.error(path, "must be in " + UTC + ": Preflight.normalise() converts it");
      case WITHOUT_ZONE ->
          findings.error(path, "must be in " + UTC + ": without a zone nobody can convert it");
      case INCONVERTIBLE ->
          findings.error(path, "must be in " + UTC + ": no such second can be written there");
      case MALFORMED -> findings.error(path, "must be a date and time of the calendar, in " + UTC);
    }
  }
}
