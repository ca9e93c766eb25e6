package health.ferry.hami.internal.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import health.ferry.hami.internal.document.JsonProblem;
import java.io.IOException;
import java.io.InputStream;

/** One JSON text, a Bundle or a resource, which may be too long for memory. */
final class JsonText {

  static final String NOTHING = "holds no resource: there is nothing to send";

  static final JsonFactory JSON = new JsonFactory();

  private final String name;
  private final Source source;

  /** Opens the bytes, as often as asked for. */
  interface Source {
    InputStream open() throws IOException;
  }

  JsonText(String name, Source source) {
    this.name = name;
    this.source = source;
  }

  void read(Intake intake) {
    try {
      if (isBundle()) {
        try (InputStream in = Utf8.open(source)) {
          new BundleText(name, in).read(intake);
        }
      } else {
        readResource(intake);
      }
    } catch (UnreadableInputException e) {
      intake.refuse(name, e.problem());
    } catch (JsonProcessingException broken) {
      intake.refuse(name, JsonProblem.of(broken));
    } catch (IOException unreadable) {
      intake.refuse(name, "cannot be read");
    }
  }

  /**
   * Looks for the type first, which may stand behind the entries: other types have a member {@code
   * entry} as well.
   */
  private boolean isBundle() throws IOException {
    try (InputStream in = Utf8.open(source);
        JsonParser json = JSON.createParser(in)) {
      JsonToken first = json.nextToken();
      if (first == null) {
        throw new UnreadableInputException("is empty");
      }
      if (first != JsonToken.START_OBJECT) {
        throw new UnreadableInputException("is no JSON object");
      }
      for (String member = json.nextFieldName(); member != null; member = json.nextFieldName()) {
        JsonToken value = json.nextToken();
        if (member.equals("resourceType") && value == JsonToken.VALUE_STRING) {
          return json.getText().equals("Bundle");
        }
        json.skipChildren();
      }
      throw new UnreadableInputException("has no resourceType");
    }
  }

  private void readResource(Intake intake) throws IOException {
    try (InputStream in = Utf8.open(source)) {
      byte[] json = in.readNBytes(Intake.MAX_RESOURCE_BYTES + 1);
      if (json.length > Intake.MAX_RESOURCE_BYTES) {
        intake.refuse(name, Intake.TOO_LONG);
      } else {
        intake.take(name, json, (String) null);
      }
    }
  }
}
