package health.ferry.examples;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 90s}, {@code 10m}, {@code 2h} and ISO-8601 such as {@code PT10M}. */
final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String text) {
    Duration duration = parse(text.strip().toUpperCase(Locale.ROOT));
    if (duration.isZero() || duration.isNegative()) {
      throw refused();
    }
    return duration;
  }

  private static Duration parse(String text) {
    try {
      return Duration.parse(text.matches("\\d{1,9}[HMS]") ? "PT" + text : text);
    } catch (DateTimeException notADuration) {
      throw refused();
    }
  }

  private static TypeConversionException refused() {
    return new TypeConversionException("must be a positive time such as 90s, 10m, 2h or PT10M");
  }
}
