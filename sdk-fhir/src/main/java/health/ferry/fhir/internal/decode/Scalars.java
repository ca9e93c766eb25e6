package health.ferry.fhir.internal.decode;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.jspecify.annotations.Nullable;

/** JSON's scalars as the text that HAPI's parser would give to a primitive. */
final class Scalars {

  private Scalars() {}

  /** Sets a primitive to the scalar at which the parser stands. */
  static void set(JsonParser json, Child child, IPrimitiveType<?> primitive)
      throws IOException, UnsureException {
    String text = text(json);
    if (text == null || text.isEmpty()) {
      return;
    }
    if (child.isDecimal() && isOdd(text)) {
      throw new UnsureException();
    }
    primitive.setValueAsString(text);
  }

  private static @Nullable String text(JsonParser json) throws IOException, UnsureException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> integer(json.getText());
      case VALUE_NUMBER_FLOAT -> json.getDecimalValue().toPlainString();
      case VALUE_TRUE -> "true";
      case VALUE_FALSE -> "false";
      case VALUE_NULL -> null;
      default -> throw new UnsureException();
    };
  }

  /** HAPI's parser reads a number first, and so has no sign on zero. */
  private static String integer(String digits) throws UnsureException {
    if (digits.startsWith("-0")) {
      throw new UnsureException();
    }
    return digits;
  }

  /** What HAPI's parser mends before the model sees it. */
  private static boolean isOdd(String decimal) {
    return decimal.startsWith("+") || decimal.startsWith(".") || decimal.startsWith("00");
  }
}
