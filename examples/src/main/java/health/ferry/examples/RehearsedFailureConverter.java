package health.ferry.examples;

import health.ferry.core.InvalidInputException;
import health.ferry.pierflow.FailureReason;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code pat_b3f9c21a=DUPLICATE_HOSPITAL_NUMBER}. */
final class RehearsedFailureConverter implements ITypeConverter<RehearsedFailure> {

  @Override
  public RehearsedFailure convert(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw refused();
    }
    try {
      return new RehearsedFailure(
          text.substring(0, equals), FailureReason.of(text.substring(equals + 1)));
    } catch (InvalidInputException reason) {
      throw refused();
    }
  }

  private static TypeConversionException refused() {
    return new TypeConversionException(
        "must be a patient's id, =, and a reason of at most 120 characters");
  }
}
