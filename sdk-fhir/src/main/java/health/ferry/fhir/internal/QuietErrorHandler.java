package health.ferry.fhir.internal;

import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * Decides what HAPI's parser lets pass, without a log line: HAPI's own handlers write values, such
 * as a malformed birth date, into the log or the exception.
 *
 * <p>What R4 does not know is skipped, since servers may extend. What R4 knows and the model cannot
 * hold is refused, since HAPI would drop it in silence.
 *
 * <p>Stateless and thread-safe.
 */
public final class QuietErrorHandler implements IParserErrorHandler {

  /** Makes a handler. */
  public QuietErrorHandler() {}

  @Override
  public void unknownElement(@Nullable IParseLocation location, String name) {
    // A newer release, or a server's own: the JSON sibling still has it.
  }

  @Override
  public void unknownAttribute(@Nullable IParseLocation location, String name) {
    // As for unknown elements.
  }

  @Override
  public void unknownReference(@Nullable IParseLocation location, String reference) {
    // The reference is kept as it is.
  }

  @Override
  public void invalidInternalReference(@Nullable IParseLocation location, String reference) {
    // The reference is kept as it is.
  }

  @Override
  public void containedResourceWithNoId(@Nullable IParseLocation location) {
    // The resource stays in `contained`.
  }

  @Override
  public void incorrectJsonType(
      @Nullable IParseLocation location,
      String name,
      ValueType expected,
      @Nullable ScalarType expectedScalar,
      ValueType found,
      @Nullable ScalarType foundScalar) {
    boolean kept =
        expected == ValueType.SCALAR || (expected == ValueType.ARRAY && found == ValueType.OBJECT);
    if (!kept) {
      throw new InvalidElementException("an element has a JSON type that FHIR does not allow");
    }
  }

  @Override
  public void invalidValue(@Nullable IParseLocation location, String value, String error) {
    if (value != null && !value.isBlank()) {
      // Only elements of the model get here, so the name is FHIR's and not the sender's.
      String element = location == null ? "an element" : location.getParentElementName();
      throw new InvalidElementException(element + " has a value that FHIR does not allow");
    }
  }

  @Override
  public void missingRequiredElement(@Nullable IParseLocation location, String name) {
    if (name.equals("url")) {
      throw new InvalidElementException("an extension has no url, or is not in an array");
    }
  }

  @Override
  public void unexpectedRepeatingElement(@Nullable IParseLocation location, String name) {
    throw new InvalidElementException(name + " appears more than once");
  }

  @Override
  public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation location) {
    throw new InvalidElementException("an extension has both a value and extensions");
  }
}
