package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {

  @ParameterizedTest
  @CsvSource({"90s,90", "10m,600", "2h,7200", "PT10M,600", "pt1h30m,5400", "PT0.5S,0.5"})
  void reads_short_and_iso_durations(String text, double seconds) {
    assertThat(new DurationConverter().convert(text))
        .isEqualTo(Duration.ofMillis(Math.round(seconds * 1_000)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "90", "1.5h", "0s", "-1m", "PT-1M", "10 minutes"})
  void refuses_anything_else(String text) {
    assertThatThrownBy(() -> new DurationConverter().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("90s, 10m, 2h");
  }
}
