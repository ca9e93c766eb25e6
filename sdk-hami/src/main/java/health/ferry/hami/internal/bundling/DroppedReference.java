package health.ferry.hami.internal.bundling;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import health.ferry.core.internal.json.Splice;
import health.ferry.hami.internal.document.ReferenceSpot;
import health.ferry.hami.internal.preflight.SupportedTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * A Reference to what is not sent: its {@code reference} goes, and what tells a reader who was
 * meant stays, or comes in its place: {@code display} and {@code identifier}.
 */
final class DroppedReference {

  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] json;
  private final ReferenceSpot reference;

  DroppedReference(byte[] json, ReferenceSpot reference) {
    this.json = json;
    this.reference = reference;
  }

  /**
   * Whether a reference that leads to no input asks for a resource of a type that HAMI does not
   * take: nothing there could ever answer it.
   */
  static boolean isOfQuery(ReferenceSpot reference, BundlingSettings settings) {
    return settings.dropsUnsupported()
        && ReferenceKey.isConditional(reference.value())
        && ReferenceKey.typeOf(reference.value())
            .filter(type -> !SupportedTypes.contains(type))
            .isPresent();
  }

  /** The change that makes it one to {@code dropped}. */
  Splice to(DroppedResource dropped) {
    Set<String> given = members();
    ByteArrayOutputStream instead = new ByteArrayOutputStream();
    if (!given.contains("display")) {
      instead.writeBytes(ascii("\"display\":\""));
      instead.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(dropped.display()));
      instead.write('"');
    }
    if (!given.contains("identifier") && dropped.identifier().length > 0) {
      instead.writeBytes(ascii(instead.size() > 0 ? ",\"identifier\":" : "\"identifier\":"));
      instead.writeBytes(dropped.identifier());
    }
    int start = memberStart();
    int end = reference.literal().end();
    return instead.size() > 0
        ? new Splice(start, end, instead.toByteArray())
        : withoutComma(start, end);
  }

  /** What stays beside it stands on one side at least. */
  private Splice withoutComma(int start, int end) {
    int behind = end;
    while (isSpace(json[behind])) {
      behind++;
    }
    if (json[behind] == ',') {
      return new Splice(start, behind + 1, new byte[0]);
    }
    int before = start - 1;
    while (isSpace(json[before])) {
      before--;
    }
    return new Splice(before, end, new byte[0]);
  }

  /** The opening quote of the member's name. */
  private int memberStart() {
    int place = reference.literal().start() - 1;
    while (json[place] != '"') {
      place--;
    }
    do {
      place--;
    } while (json[place] != '"');
    return place;
  }

  private static boolean isSpace(byte next) {
    return next == ' ' || next == '\n' || next == '\r' || next == '\t';
  }

  private Set<String> members() {
    Set<String> names = new HashSet<>();
    int length = reference.end() - reference.start();
    try (JsonParser in = JSON.createParser(json, reference.start(), length)) {
      in.nextToken();
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        if (in.nextToken() != JsonToken.VALUE_NULL) {
          names.add(name);
        }
        in.skipChildren();
      }
      return names;
    } catch (IOException impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
