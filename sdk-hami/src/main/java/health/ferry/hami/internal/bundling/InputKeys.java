package health.ferry.hami.internal.bundling;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.ResourceDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys by which references can mean an input, each as {@link ReferenceKey} writes it. */
final class InputKeys {

  private static final JsonFactory JSON = new JsonFactory();

  private InputKeys() {}

  /**
   * What no other input may have: {@code Type/id}, the full URL; without those, the first
   * identifier. Empty for a resource that nothing tells apart from its like.
   */
  static List<String> own(InputDocument document) {
    List<String> own = new ArrayList<>();
    idKey(document).ifPresent(own::add);
    document.fullUrl().map(ReferenceKey::of).filter(key -> !own.contains(key)).ifPresent(own::add);
    if (own.isEmpty()) {
      shared(document).stream().findFirst().ifPresent(own::add);
    }
    return own;
  }

  /** What several inputs may have: {@code Type?identifier=system|value}, of each identifier. */
  static List<String> shared(InputDocument document) {
    String type = document.resource().type();
    return identifiers(document.resource()).stream()
        .map(identifier -> ReferenceKey.ofIdentifier(type, identifier))
        .distinct()
        .toList();
  }

  /** {@code Type/id}, by the resource's own id or by the end of its full URL. */
  private static Optional<String> idKey(InputDocument document) {
    String type = document.resource().type();
    return document
        .resource()
        .id()
        .map(id -> ReferenceKey.ofId(type, id))
        .or(
            () ->
                document
                    .fullUrl()
                    .flatMap(ReferenceKey::endOf)
                    .filter(end -> end.startsWith(type + '/')));
  }

  /** Every identifier that has a value, in the order of the text. */
  static List<Identifier> identifiers(ResourceDocument resource) {
    int start = resource.identifierOffset();
    if (start == ResourceDocument.NOWHERE) {
      return List.of();
    }
    byte[] json = resource.json();
    try (JsonParser in = JSON.createParser(json, start, json.length - start)) {
      return list(in, in.nextToken());
    } catch (IOException impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }

  private static List<Identifier> list(JsonParser in, JsonToken value) throws IOException {
    List<Identifier> identifiers = new ArrayList<>();
    // An Appointment has a list of them, a QuestionnaireResponse only one.
    boolean list = value == JsonToken.START_ARRAY;
    for (JsonToken token = list ? in.nextToken() : value;
        token == JsonToken.START_OBJECT;
        token = list ? in.nextToken() : null) {
      Identifier identifier = one(in);
      if (identifier != null) {
        identifiers.add(identifier);
      }
    }
    return identifiers;
  }

  private static @Nullable Identifier one(JsonParser in) throws IOException {
    String system = "";
    String text = null;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      if (value == JsonToken.VALUE_STRING && name.equals("system")) {
        system = in.getText();
      } else if (value == JsonToken.VALUE_STRING && name.equals("value")) {
        text = in.getText();
      } else {
        in.skipChildren();
      }
    }
    return text == null ? null : new Identifier(system, text);
  }
}
