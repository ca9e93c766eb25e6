package health.ferry.hami.hl7;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * SN, {@code comparator^number^separator^number}: {@code >^100} is a quantity with a comparator,
 * {@code ^10^-^20} a range, {@code ^1^:^128} a ratio, and {@code ^2^+}, a grade and no number, the
 * text {@code 2+}.
 */
final class StructuredNumeric {

  private StructuredNumeric() {}

  /** Empty when it is none of these. */
  static Optional<Type> value(Repetition field, Quantity unit) {
    Optional<BigDecimal> first = Numbers.parse(field.text(2));
    Optional<BigDecimal> second = Numbers.parse(field.text(4));
    String comparator = field.text(1);
    String separator = field.text(3);
    if (first.isEmpty()) {
      return Optional.empty();
    }
    if (separator.isEmpty() && field.text(4).isEmpty()) {
      return quantity(comparator, first.get(), unit);
    }
    if (!comparator.isEmpty() && !comparator.equals("=")) {
      return Optional.empty();
    }
    return switch (separator) {
      case "+" ->
          field.text(4).isEmpty()
              ? Optional.of(new StringType(field.text(2) + "+"))
              : Optional.empty();
      case "-" -> second.map(high -> range(first.get(), high, unit));
      case ":", "/" -> second.map(denominator -> ratio(first.get(), denominator, unit));
      default -> Optional.empty();
    };
  }

  private static Optional<Type> quantity(String comparator, BigDecimal number, Quantity unit) {
    Quantity quantity = unit.copy().setValue(number);
    return switch (comparator) {
      case "", "=" -> Optional.of(quantity);
      case "<", "<=", ">", ">=" ->
          Optional.of(quantity.setComparator(QuantityComparator.fromCode(comparator)));
      default -> Optional.empty();
    };
  }

  private static Range range(BigDecimal low, BigDecimal high, Quantity unit) {
    return new Range().setLow(unit.copy().setValue(low)).setHigh(unit.copy().setValue(high));
  }

  /** The unit is that of the quotient, so it stands with what is counted. */
  private static Ratio ratio(BigDecimal numerator, BigDecimal denominator, Quantity unit) {
    return new Ratio()
        .setNumerator(unit.copy().setValue(numerator))
        .setDenominator(new Quantity().setValue(denominator));
  }

  /** The text, as somebody would write it. */
  static String text(Repetition field) {
    return String.join("", Stream.of(1, 2, 3, 4).map(field::text).toList());
  }
}
