package health.ferry.examples;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads a FHIR instant. A date alone is refused: it begins at another moment in each time zone, and
 * a wrong guess would leave resources out.
 */
final class InstantConverter implements ITypeConverter<Instant> {

  @Override
  public Instant convert(String text) {
    try {
      return OffsetDateTime.parse(text.strip()).toInstant();
    } catch (DateTimeException notAnInstant) {
      throw new TypeConversionException(
          "must be a moment with its zone such as 2026-01-01T00:00:00Z"
              + " or 2026-01-01T00:00:00+01:00");
    }
  }
}
