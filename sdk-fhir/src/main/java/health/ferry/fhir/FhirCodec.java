package health.ferry.fhir;

import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.redaction.RedactedCause;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.Resource;

/**
 * HAPI R4 models to FHIR JSON and back.
 *
 * <p>Reading is lenient where servers may extend: elements that R4 does not know are skipped, and
 * so are empty strings. What R4 knows and the model cannot hold (a malformed date, a second value
 * where one is allowed, a text in the place of an object) is refused, since it would be lost.
 * Nothing is rewritten on the way: references keep their versions, and the resources of a bundle
 * keep their own ids whatever their full URLs say. This is no validation against profiles.
 *
 * <p>Ferry logs no values and puts none into an error. HAPI's own loggers ({@code ca.uhn.fhir})
 * write ids of contained resources and URLs of extensions at DEBUG: keep them at INFO where that
 * matters.
 *
 * <p>Immutable and thread-safe; a resource that another thread changes meanwhile is not.
 */
public final class FhirCodec {

  private static final CallInfo ENCODE = CallInfo.of("FHIR", "encode");
  private static final CallInfo PARSE = CallInfo.of("FHIR", "parse");

  private final FhirR4 fhir;

  FhirCodec(FhirR4 fhir) {
    this.fhir = fhir;
  }

  /**
   * Writes a resource as JSON on one line, ready for NDJSON.
   *
   * @param resource the resource
   * @return its JSON, without line breaks
   * @throws InvalidInputException if the model breaks a rule that JSON cannot express, such as an
   *     extension without a URL
   */
  public String encode(Resource resource) {
    Objects.requireNonNull(resource, "resource");
    try {
      return ResourceWriter.write(fhir.context(), resource);
    } catch (RuntimeException e) {
      String type = resource.getClass().getSimpleName();
      throw refused(ENCODE, new Violation(type, "cannot be written as FHIR JSON"), e);
    }
  }

  /**
   * Reads a resource of a known type.
   *
   * @param <T> the type
   * @param type the model class, such as {@code Patient.class}; an abstract one, such as {@code
   *     DomainResource.class}, takes each of its subtypes
   * @param json the resource's JSON
   * @return the model
   * @throws InvalidInputException if the text is not JSON, not FHIR R4 or of another type, with the
   *     place if it is known and never with a value
   */
  public <T extends Resource> T parse(Class<T> type, String json) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(json, "json");
    try {
      return new ResourceParser<>(fhir, type).parse(json, ResourcePeek.head(json));
    } catch (UnreadableResourceException e) {
      String place = e.line() == 0 ? "json" : "line " + e.line() + ", column " + e.column();
      throw refused(PARSE, new Violation(place, e.problem()), e);
    }
  }

  /**
   * Reads a resource of any type.
   *
   * @param json the resource's JSON
   * @return the model of the type that the JSON names
   * @throws InvalidInputException if the text is not JSON or not FHIR R4, with the place if it is
   *     known and never with a value
   */
  public Resource parse(String json) {
    return parse(Resource.class, json);
  }

  /** The error takes no cause, so what lay below rides along as suppressed. */
  private static InvalidInputException refused(
      CallInfo call, Violation violation, Exception below) {
    InvalidInputException error = new InvalidInputException(call, List.of(violation));
    error.addSuppressed(
        below instanceof UnreadableResourceException ? below : RedactedCause.of(below));
    return error;
  }
}
