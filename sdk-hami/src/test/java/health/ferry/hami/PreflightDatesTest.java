package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dates and times. */
class PreflightDatesTest {

  private static final String UTC = "whole seconds in UTC, as in YYYY-MM-DDTHH:mm:ssZ";
  private static final String RECORDED = "Bundle.entry[3].resource.recordedDate: ";
  private static final String BORN = "Bundle.entry[0].resource.birthDate: ";

  private final SeedBundle seed = SeedBundle.asDocumented();

  @ParameterizedTest
  @CsvSource({
    "2024-05-23T10:12:00+02:00, : Preflight.normalise() converts it",
    "2024-05-23T10:12:00+00:00, : Preflight.normalise() converts it",
    "2024-05-23T10:12:00.000Z,  : Preflight.normalise() converts it",
    "2024-05-23T10:12:00,       : without a zone nobody can convert it",
    "0001-01-01T00:00:00+14:00, : no such second can be written there"
  })
  void refuses_what_is_not_whole_seconds_in_utc(String date, String remedy) {
    assertThat(recorded(date).errors()).containsExactly(RECORDED + "must be in " + UTC + remedy);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yesterday", "2024-02-30T00:00:00Z", "2024-05-23T24:00:00Z", "2024-05-23T10:12Z"})
  void refuses_what_is_no_date(String date) {
    assertThat(recorded(date).errors())
        .containsExactly(RECORDED + "must be a date and time of the calendar, in " + UTC);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024", "2024-05", "2024-05-23"})
  void warns_of_a_date_without_a_time(String date) {
    assertThat(recorded(date).errors()).isEmpty();
    assertThat(seed.warnings()).containsExactly(RECORDED + "has no time, and HAMI asks for " + UTC);
  }

  @Test
  void warns_of_a_leap_second() {
    assertThat(recorded("2016-12-31T23:59:60Z").errors()).isEmpty();
    assertThat(seed.warnings())
        .containsExactly(RECORDED + "is a leap second, which few systems can hold");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2004-02-30", "2004-05-23T00:00:00Z", "23.05.2004", ""})
  void refuses_a_birth_date_that_is_no_day(String date) {
    assertThat(seed.with("/entry/0/resource/birthDate", "'" + date + "'").errors())
        .containsExactly(BORN + "must be a day of the calendar, as in YYYY-MM-DD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2004", "2004-05"})
  void warns_of_a_birth_date_that_is_no_day_yet(String date) {
    assertThat(seed.with("/entry/0/resource/birthDate", "'" + date + "'").errors()).isEmpty();
    assertThat(seed.warnings())
        .containsExactly(BORN + "is less than a day, and HAMI asks for YYYY-MM-DD");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2024", "2024-05-23"})
  void refuses_an_instant_that_is_no_point_in_time(String date) {
    assertThat(seed.with("/entry/3/resource/meta", "{'lastUpdated':'" + date + "'}").errors())
        .containsExactly(
            "Bundle.entry[3].resource.meta.lastUpdated: must be a point in time, in " + UTC);
  }

  private SeedBundle recorded(String date) {
    return seed.with("/entry/3/resource/recordedDate", "'" + date + "'");
  }
}
