package health.ferry.hami.internal.preflight;

import ca.uhn.fhir.context.RuntimeChildPrimitiveEnumerationDatatypeDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IPrimitiveType;

/**
 * The kind of JSON for each primitive (<a href="https://hl7.org/fhir/R4/json.html#primitive">FHIR
 * R4 JSON</a>), whole numbers, and codes of which R4 has a closed list. Dates are looked at by
 * {@link DateRules}.
 */
final class PrimitiveRules {

  private static final Set<String> WHOLE_NUMBERS = Set.of("integer", "positiveInt", "unsignedInt");

  private PrimitiveRules() {}

  static void check(JsonNode value, ElementDefinition element, Findings findings) {
    String type = element.typeName();
    if (type.equals("boolean")) {
      require(value.isBoolean(), "true or false", findings);
    } else if (type.equals("decimal")) {
      require(value.isNumber(), "a number", findings);
    } else if (WHOLE_NUMBERS.contains(type)) {
      require(isWhole(value, type), "a whole number of FHIR's type " + type, findings);
    } else if (!value.isTextual()) {
      findings.error("", "must be a string");
    } else if (value.textValue().isEmpty()) {
      findings.warning("", "is empty, and FHIR leaves out what is not there");
    } else {
      element
          .codes()
          .ifPresent(
              codes -> require(isOneOf(codes, value, element), "one of R4's codes", findings));
    }
  }

  private static void require(boolean holds, String what, Findings findings) {
    if (!holds) {
      findings.error("", "must be " + what);
    }
  }

  private static boolean isWhole(JsonNode value, String type) {
    int least =
        switch (type) {
          case "positiveInt" -> 1;
          case "unsignedInt" -> 0;
          default -> Integer.MIN_VALUE;
        };
    return value.canConvertToInt() && value.isIntegralNumber() && value.intValue() >= least;
  }

  /** HAPI has the lists, and tells by an exception. */
  private static boolean isOneOf(
      RuntimeChildPrimitiveEnumerationDatatypeDefinition codes,
      JsonNode value,
      ElementDefinition element) {
    try {
      ((IPrimitiveType<?>) element.type().newInstance(codes.getInstanceConstructorArguments()))
          .setValueAsString(value.textValue());
      return true;
    } catch (IllegalArgumentException | DataFormatException unknown) {
      return false;
    }
  }
}
