package health.ferry.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import com.fasterxml.jackson.core.JsonParser;
import health.ferry.core.internal.redaction.RedactedCause;
import health.ferry.fhir.internal.InvalidElementException;
import health.ferry.fhir.internal.QuietErrorHandler;
import health.ferry.fhir.internal.decode.ModelDecoder;
import java.io.IOException;
import java.lang.reflect.Modifier;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * JSON of one asked type to a model: by Ferry's decoder where the JSON is plain, else by HAPI's
 * parser, which alone refuses. Holds a HAPI parser, which is not thread-safe, so neither is this.
 */
final class ResourceParser<T extends Resource> {

  private final FhirContext context;
  private final ModelDecoder decoder;
  private final Class<T> type;
  private final @Nullable String expected;
  private @Nullable IParser parser;

  /**
   * @param type a resource class; an abstract one, such as Resource, takes each of its subtypes
   */
  ResourceParser(FhirR4 fhir, Class<T> type) {
    this.context = fhir.context();
    this.decoder = fhir.decoder();
    this.type = type;
    this.expected = Modifier.isAbstract(type.getModifiers()) ? null : context.getResourceType(type);
  }

  /** A parser that changes nothing on its way: by default HAPI rewrites references and ids. */
  static IParser newParser(FhirContext context) {
    return context
        .newJsonParser()
        .setParserErrorHandler(new QuietErrorHandler())
        .setStripVersionsFromReferences(false)
        .setOverrideResourceIdWithBundleEntryFullUrl(false);
  }

  /** Parses a resource whose type was read already. */
  T parse(String json, ResourcePeek peek) throws UnreadableResourceException {
    Resource decoded = decode(checkType(peek), json);
    return decoded != null && isAsked(decoded) ? type.cast(decoded) : parseByHapi(json, peek);
  }

  private @Nullable Resource decode(String resourceType, String json) {
    try (JsonParser tokens = ResourceJson.FACTORY.createParser(json)) {
      return decoder.decode(resourceType, tokens);
    } catch (IOException unsure) {
      return null;
    }
  }

  /** An application's own subtype, with its extensions in fields, is made by HAPI's parser. */
  private boolean isAsked(Resource decoded) {
    return expected == null ? type.isInstance(decoded) : decoded.getClass() == type;
  }

  private T parseByHapi(String json, ResourcePeek peek) throws UnreadableResourceException {
    if (parser == null) {
      parser = newParser(context);
    }
    try {
      Resource resource =
          expected == null
              ? (Resource) parser.parseResource(json)
              : parser.parseResource(type, json);
      if (type.isInstance(resource)) {
        return type.cast(resource);
      }
    } catch (RuntimeException e) {
      // Broken JSON is told first, with its place, which HAPI does not give.
      ResourcePeek.whole(json);
      throw UnreadableResourceException.of(problem(e), RedactedCause.of(e));
    }
    throw UnreadableResourceException.of(wrongType(type.getSimpleName(), peek));
  }

  private String checkType(ResourcePeek peek) throws UnreadableResourceException {
    String found =
        peek.resourceType()
            .orElseThrow(() -> UnreadableResourceException.of("has no resourceType"));
    if (expected == null) {
      if (!context.getResourceTypes().contains(found)) {
        throw UnreadableResourceException.of("has a resourceType that FHIR R4 does not know");
      }
    } else if (!found.equals(expected)) {
      throw UnreadableResourceException.of(wrongType(expected, peek));
    }
    return found;
  }

  /** Only a type that R4 knows is named: any other text is the sender's. */
  private String wrongType(String asked, ResourcePeek peek) {
    String found =
        peek.resourceType().filter(context.getResourceTypes()::contains).orElse("something else");
    return "was read as " + asked + " and holds " + found;
  }

  private static String problem(RuntimeException e) {
    Throwable next = e;
    while (next != null) {
      if (next instanceof InvalidElementException known) {
        return "is not FHIR R4: " + known.getMessage();
      }
      next = next.getCause();
    }
    return "is not FHIR R4";
  }
}
