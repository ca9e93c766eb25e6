package health.ferry.hami.internal.dates;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateTextTest {

  @ParameterizedTest
  @CsvSource({
    "2024-05-23T10:12:00.000Z,      2024-05-23T10:12:00Z",
    "2024-05-23T10:12:59.999999999Z, 2024-05-23T10:12:59Z",
    "1969-12-31T23:59:59.9Z,        1969-12-31T23:59:59Z",
    "2024-05-23T10:12:00+00:00,     2024-05-23T10:12:00Z",
    "2024-05-23T10:12:00-00:00,     2024-05-23T10:12:00Z",
    "2024-05-23T10:12:00+05:30,     2024-05-23T04:42:00Z",
    "2024-05-23T10:12:00.5-04:00,   2024-05-23T14:12:00Z",
    "2024-01-01T13:59:59+14:00,     2023-12-31T23:59:59Z",
    "2023-12-31T23:00:00-12:00,     2024-01-01T11:00:00Z",
    "2024-02-29T00:30:00+01:00,     2024-02-28T23:30:00Z",
    "2024-02-28T23:30:00-01:00,     2024-02-29T00:30:00Z",
    "2023-02-28T23:30:00-01:00,     2023-03-01T00:30:00Z",
    "0001-01-01T14:00:00+14:00,     0001-01-01T00:00:00Z",
    "9999-12-31T09:59:59-14:00,     9999-12-31T23:59:59Z"
  })
  void converts_to_whole_seconds_in_utc(String given, String utc) {
    DateText date = DateText.of(given);

    assertThat(date.kind()).isEqualTo(DateText.Kind.CONVERTIBLE);
    assertThat(date.utc()).isEqualTo(utc);
  }

  @ParameterizedTest
  @CsvSource({
    "2024,                       PARTIAL",
    "2024-05,                    PARTIAL",
    "2024-02-29,                 DAY",
    "2024-05-23T10:12:00Z,       UTC",
    "2016-12-31T23:59:60Z,       LEAP_SECOND",
    "2016-12-31T23:59:60.0Z,     INCONVERTIBLE",
    "2017-01-01T00:59:60+01:00,  INCONVERTIBLE",
    "0001-01-01T13:59:59+14:00,  INCONVERTIBLE",
    "9999-12-31T23:59:59-05:00,  INCONVERTIBLE",
    "2024-05-23T10:12:00,        WITHOUT_ZONE",
    "2024-05-23T10:12:00.123,    WITHOUT_ZONE"
  })
  void knows_what_is_not_to_be_converted(String given, DateText.Kind kind) {
    DateText date = DateText.of(given);

    assertThat(date.kind()).isEqualTo(kind);
    assertThat(date.utc()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 2024",
        "24",
        "0000",
        "0000-01-01T00:00:00Z",
        "2024-13",
        "2024-5",
        "2023-02-29",
        "2024-04-31",
        "2024-05-23T24:00:00Z",
        "2024-05-23T10:60:00Z",
        "2024-05-23T10:12:61Z",
        "2024-05-23T10:12Z",
        "2024-05-23T10:12:00.Z",
        "2024-05-23T10:12:00z",
        "2024-05-23t10:12:00Z",
        "2024-05-23 10:12:00Z",
        "2024-05-23T10:12:00+0200",
        "2024-05-23T10:12:00+14:30",
        "2024-05-23T10:12:00+15:00",
        "2024-05-23T10:12:00+02:60",
        "20240523101200",
        "23.05.2024",
        "٢٠٢٤-٠٥-٢٣"
      })
  void knows_what_is_no_date(String given) {
    assertThat(DateText.of(given).kind()).isEqualTo(DateText.Kind.MALFORMED);
  }
}
