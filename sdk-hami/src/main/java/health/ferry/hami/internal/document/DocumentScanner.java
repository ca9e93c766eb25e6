package health.ferry.hami.internal.document;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Walks once through a resource's JSON beside R4's definitions, and notes where its references and
 * its dates stand. Used once.
 */
final class DocumentScanner {

  /** Two members of one name could lead two readers to two references. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final String RESOURCE_TYPE = "resourceType";

  /** The first of its three bytes, with which no JSON begins. */
  private static final byte BYTE_ORDER_MARK = (byte) 0xEF;

  /** A name that R4 does not have may say anything, and paths are shown. */
  private static final String UNKNOWN_NAME = "(unknown)";

  private static final Pattern TYPE = Pattern.compile("[A-Za-z]{1,64}");

  private final byte[] json;
  private final FhirContext context;
  private final Deque<Place> places = new ArrayDeque<>();
  private final List<ReferenceSpot> references = new ArrayList<>();
  private final List<TextSpot> dates = new ArrayList<>();
  private @Nullable TextSpot id;
  private int identifier = ResourceDocument.NOWHERE;

  DocumentScanner(byte[] json, FhirContext context) {
    this.json = json;
    this.context = context;
  }

  ResourceDocument scan() throws MalformedDocumentException {
    try (JsonParser in = JSON.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedDocumentException("is no JSON object");
      }
      if (json[0] == BYTE_ORDER_MARK) {
        // RFC 8259 §8.1 lets a server refuse it, and a bundle would carry it in its middle.
        throw new MalformedDocumentException("begins with a byte order mark");
      }
      if (in.currentTokenLocation().getByteOffset() < 0) {
        // Jackson reads UTF-16 and UTF-32 as well, but then does not count bytes.
        throw new MalformedDocumentException("is not UTF-8");
      }
      int start = start(in);
      String first = in.nextFieldName();
      String type = resourceType(in, first, start);
      members(in, first, new Place(type, ElementTypes.ofResource(context, type), -1), start);
      if (in.nextToken() != null) {
        throw new MalformedDocumentException("goes on after its JSON object");
      }
      if (type.isEmpty()) {
        throw new MalformedDocumentException("has no resourceType");
      }
      if (!TYPE.matcher(type).matches()) {
        // Types are shown, and this one could say anything.
        throw new MalformedDocumentException("has a resourceType that is no name");
      }
      return new ResourceDocument(json, type, id, identifier, references, dates);
    } catch (JsonProcessingException broken) {
      throw new MalformedDocumentException(JsonProblem.of(broken));
    } catch (IOException impossible) {
      throw new IllegalStateException("bytes in memory can always be read", impossible);
    }
  }

  private void object(JsonParser in, String name, ElementTypes type, int index) throws IOException {
    int start = start(in);
    String first = in.nextFieldName();
    ElementTypes stated =
        type.isResource() ? ElementTypes.ofResource(context, resourceType(in, first, start)) : type;
    members(
        in,
        first,
        new Place(type == ElementTypes.UNKNOWN ? UNKNOWN_NAME : name, stated, index),
        start);
  }

  /** The first member's value may have been read already. */
  private void members(JsonParser in, @Nullable String first, Place place, int start)
      throws IOException {
    places.addLast(place);
    TextSpot literal = null;
    for (String name = first; name != null; name = in.nextFieldName()) {
      JsonToken token = in.hasToken(JsonToken.FIELD_NAME) ? in.nextToken() : in.currentToken();
      ElementTypes type = place.type().element(name);
      if (places.size() == 1 && name.equals("identifier")) {
        identifier = start(in);
      }
      if (token == JsonToken.VALUE_STRING) {
        TextSpot text = text(in, name, type, -1, place);
        literal = text != null && name.equals("reference") ? text : literal;
      } else if (token == JsonToken.START_ARRAY) {
        array(in, name, type);
      } else if (token == JsonToken.START_OBJECT) {
        object(in, name, type, -1);
      }
    }
    places.removeLast();
    if (literal != null) {
      references.add(new ReferenceSpot(literal, start, end(in)));
    }
  }

  private void array(JsonParser in, String name, ElementTypes type) throws IOException {
    int index = 0;
    for (JsonToken token = in.nextToken();
        token != JsonToken.END_ARRAY;
        token = in.nextToken(), index++) {
      if (token == JsonToken.START_OBJECT) {
        object(in, name, type, index);
      } else if (token == JsonToken.START_ARRAY) {
        in.skipChildren();
      } else if (token == JsonToken.VALUE_STRING && type.isDate()) {
        dates.add(spot(in, name, type, index));
      }
    }
  }

  /** Notes a date, and gives back the literal of a reference. */
  private @Nullable TextSpot text(
      JsonParser in, String name, ElementTypes type, int index, Place place) throws IOException {
    if (type.isDate()) {
      dates.add(spot(in, name, type, index));
    } else if (name.equals("reference") && place.type().isReference()) {
      return spot(in, name, type, index);
    } else if (name.equals("id") && places.size() == 1) {
      id = spot(in, name, type, index);
    }
    return null;
  }

  private TextSpot spot(JsonParser in, String name, ElementTypes type, int index)
      throws IOException {
    int start = start(in);
    String value = in.getText();
    return new TextSpot(path(name, index), type.name(), value, start, end(in));
  }

  private String path(String name, int index) {
    StringBuilder path = new StringBuilder();
    for (Iterator<Place> above = places.iterator(); above.hasNext(); ) {
      above.next().appendTo(path);
    }
    new Place(name, ElementTypes.UNKNOWN, index).appendTo(path);
    return path.toString();
  }

  /** The type that a resource states, which it mostly does first of all. */
  private String resourceType(JsonParser in, @Nullable String first, int start) throws IOException {
    return RESOURCE_TYPE.equals(first) && in.nextToken() == JsonToken.VALUE_STRING
        ? in.getText()
        : resourceTypeFrom(start);
  }

  /**
   * The type that a resource states, wherever among its members it does; empty when it states none.
   */
  private String resourceTypeFrom(int start) throws IOException {
    try (JsonParser in = JSON.createParser(json, start, json.length - start)) {
      in.nextToken();
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        JsonToken value = in.nextToken();
        if (name.equals(RESOURCE_TYPE) && value == JsonToken.VALUE_STRING) {
          return in.getText();
        }
        in.skipChildren();
      }
      return "";
    } catch (JsonProcessingException broken) {
      // The walk comes to the same place, and can tell where in the whole text it is.
      return "";
    }
  }

  private static int start(JsonParser in) {
    return Math.toIntExact(in.currentTokenLocation().getByteOffset());
  }

  /** Behind the token, which must have been read. */
  private static int end(JsonParser in) {
    return Math.toIntExact(in.currentLocation().getByteOffset());
  }

  /** A member that the walk is in; {@code index} is -1 outside of arrays. */
  private record Place(String name, ElementTypes type, int index) {
    void appendTo(StringBuilder path) {
      path.append(path.isEmpty() ? "" : ".").append(name);
      if (index >= 0) {
        path.append('[').append(index).append(']');
      }
    }
  }
}
