package health.ferry.hami.internal.vitals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** A measured value as the decimal that is sent: FHIR counts the digits. */
public final class Measurement {

  private Measurement() {}

  /** The decimal, empty for what is no finite number of a type of the JDK. */
  public static Optional<BigDecimal> of(Number value) {
    if (value instanceof BigDecimal decimal) {
      return Optional.of(decimal);
    }
    if (value instanceof BigInteger integer) {
      return Optional.of(new BigDecimal(integer));
    }
    if (value instanceof Double || value instanceof Float) {
      // By its text: 36.6 is not 36.60000000000000142, and a float's 36.6 not 36.599998474121094.
      return Double.isFinite(value.doubleValue())
          ? Optional.of(new BigDecimal(value.toString()))
          : Optional.empty();
    }
    if (value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte) {
      return Optional.of(BigDecimal.valueOf(value.longValue()));
    }
    return Optional.empty();
  }
}
