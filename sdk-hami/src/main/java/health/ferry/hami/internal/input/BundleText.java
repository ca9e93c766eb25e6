package health.ferry.hami.internal.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import health.ferry.hami.internal.document.EntryPath;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A Bundle that is read entry by entry: each resource's bytes are cut out as they stand, and no
 * more than one is held. Used once.
 */
final class BundleText {

  static final String NO_CREATION =
      "asks for a DELETE or a PATCH: HAMI takes resources alone (request.method)";

  private final String name;
  private final RecentBytes bytes;

  BundleText(String name, InputStream in) {
    this.name = name;
    this.bytes = new RecentBytes(in, Intake.MAX_RESOURCE_BYTES);
  }

  /** Whether a request cannot be expressed by the resource that its entry holds. */
  static boolean isNoCreation(@Nullable String method) {
    return "DELETE".equals(method) || "PATCH".equals(method);
  }

  void read(Intake intake) throws IOException {
    try (JsonParser json = JsonText.JSON.createParser(bytes)) {
      json.nextToken();
      int types = 0;
      int lists = 0;
      for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        types += member.equals("resourceType") ? 1 : 0;
        lists += member.equals("entry") ? 1 : 0;
        if (types > 1 || lists > 1) {
          throw new UnreadableInputException("has two members of one name");
        }
        if (member.equals("entry")) {
          entries(json, value, intake);
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        throw new UnreadableInputException("goes on after its JSON object");
      }
    }
  }

  private void entries(JsonParser json, JsonToken value, Intake intake) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      throw new UnreadableInputException("has an entry that is no array");
    }
    long index = 0;
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      String place = name + ' ' + EntryPath.of(index++);
      if (token == JsonToken.START_OBJECT) {
        entry(json, place, intake);
      } else {
        json.skipChildren();
        intake.refuse(place, "is no JSON object");
      }
    }
  }

  private void entry(JsonParser json, String place, Intake intake) throws IOException {
    String fullUrl = null;
    String method = null;
    byte[] resource = null;
    String wrong = null;
    for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
      JsonToken value = json.nextToken();
      if (member.equals("fullUrl") && value == JsonToken.VALUE_STRING && fullUrl == null) {
        fullUrl = json.getText();
      } else if (member.equals("resource") && value == JsonToken.START_OBJECT && resource == null) {
        resource = cutOut(json);
        wrong = resource == null ? Intake.TOO_LONG : wrong;
      } else if (member.equals("request") && value == JsonToken.START_OBJECT) {
        method = method(json);
      } else {
        json.skipChildren();
        boolean asked = member.equals("fullUrl") || member.equals("resource");
        wrong = asked ? "must have one " + member + " of the right kind" : wrong;
      }
    }
    if (isNoCreation(method)) {
      intake.refuse(place, NO_CREATION);
    } else if (wrong != null) {
      intake.refuse(place, wrong);
    } else if (resource == null) {
      intake.refuse(place, "has no resource");
    } else {
      intake.take(place, resource, fullUrl);
    }
  }

  /** The bytes of the object that the parser stands at; null when there are too many. */
  private byte @Nullable [] cutOut(JsonParser json) throws IOException {
    long start = json.currentTokenLocation().getByteOffset();
    bytes.forgetBefore(start);
    json.skipChildren();
    return bytes.copy(start, json.currentLocation().getByteOffset());
  }

  private static @Nullable String method(JsonParser json) throws IOException {
    String method = null;
    for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
      if (json.nextToken() == JsonToken.VALUE_STRING && member.equals("method")) {
        method = json.getText();
      }
      json.skipChildren();
    }
    return method;
  }
}
