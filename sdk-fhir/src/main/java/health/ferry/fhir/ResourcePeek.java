package health.ferry.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import health.ferry.core.internal.redaction.RedactedCause;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A resource's own type and id, read from its JSON without a model. Only members of the outermost
 * object count: contained resources and references have the same names.
 */
final class ResourcePeek {

  private @Nullable String resourceType;
  private @Nullable String id;

  private ResourcePeek() {}

  /** Reads to the resourceType and no further: what follows may be broken. */
  static ResourcePeek head(byte[] json, int offset, int length) throws UnreadableResourceException {
    return read(json, offset, length, false);
  }

  /** Reads to the resourceType and no further: what follows may be broken. */
  static ResourcePeek head(String json) throws UnreadableResourceException {
    return read(json, false);
  }

  /** Reads all of it, and so makes sure that it is one JSON object and nothing else. */
  static ResourcePeek whole(byte[] json, int offset, int length)
      throws UnreadableResourceException {
    return read(json, offset, length, true);
  }

  /** Reads all of it, and so makes sure that it is one JSON object and nothing else. */
  static ResourcePeek whole(String json) throws UnreadableResourceException {
    return read(json, true);
  }

  Optional<String> resourceType() {
    return Optional.ofNullable(resourceType);
  }

  Optional<String> id() {
    return Optional.ofNullable(id);
  }

  private static ResourcePeek read(byte[] json, int offset, int length, boolean whole)
      throws UnreadableResourceException {
    try (JsonParser in = ResourceJson.FACTORY.createParser(json, offset, length)) {
      return read(in, whole);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static ResourcePeek read(String json, boolean whole) throws UnreadableResourceException {
    try (JsonParser in = ResourceJson.FACTORY.createParser(json)) {
      return read(in, whole);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private static ResourcePeek read(JsonParser in, boolean whole)
      throws IOException, UnreadableResourceException {
    JsonToken first = in.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw UnreadableResourceException.of(
          first == null ? "is empty" : "is JSON but not an object");
    }
    ResourcePeek peek = new ResourcePeek();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken value = in.nextToken();
      if (name.equals("resourceType")) {
        peek.resourceType = text(in, value, peek.resourceType, "resourceType");
        if (!whole && peek.resourceType != null) {
          return peek;
        }
      } else if (name.equals("id")) {
        peek.id = text(in, value, peek.id, "id");
      }
      in.skipChildren();
    }
    if (in.nextToken() != null) {
      throw UnreadableResourceException.of("goes on after its JSON object");
    }
    return peek;
  }

  /** Two answers to one question could lead two readers to two types: neither is taken. */
  private static @Nullable String text(
      JsonParser in, JsonToken value, @Nullable String before, String name)
      throws IOException, UnreadableResourceException {
    if (before != null) {
      throw UnreadableResourceException.of("has more than one " + name);
    }
    return value == JsonToken.VALUE_STRING ? in.getText() : null;
  }

  private static UnreadableResourceException unreadable(IOException e) {
    RedactedCause cause = RedactedCause.of(e);
    if (e instanceof JsonEOFException end) {
      return UnreadableResourceException.cutOff(end.getLocation(), cause);
    }
    if (e instanceof StreamConstraintsException) {
      return UnreadableResourceException.of(
          "has too deep a nesting, too long a name or too long a number", cause);
    }
    if (e instanceof JsonProcessingException bad && bad.getLocation() != null) {
      return UnreadableResourceException.at(bad.getLocation(), "is not JSON", cause);
    }
    return UnreadableResourceException.of("is not JSON", cause);
  }
}
