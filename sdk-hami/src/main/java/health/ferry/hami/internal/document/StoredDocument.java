package health.ferry.hami.internal.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A document as bytes, with what was found in it, so that whoever reads it back does not look
 * through it again. The values of what was found stand in its JSON alone.
 */
public final class StoredDocument {

  private static final JsonFactory JSON = new JsonFactory();

  private StoredDocument() {}

  /** Writes a document. */
  public static byte[] of(InputDocument document) {
    ResourceDocument resource = document.resource();
    GrowingBuffer to = new GrowingBuffer();
    to.put(resource.json());
    to.put(resource.type());
    put(resource.idSpot().stream().toList(), to);
    to.put(resource.identifierOffset());
    to.put(resource.references().size());
    for (ReferenceSpot reference : resource.references()) {
      put(reference.literal(), to);
      to.put(reference.start());
      to.put(reference.end());
    }
    put(resource.dates(), to);
    to.put(document.fullUrl().isPresent() ? 1 : 0);
    to.put(document.fullUrl().orElse(""));
    to.put(document.place());
    return to.toBytes();
  }

  private static void put(List<TextSpot> spots, GrowingBuffer to) {
    to.put(spots.size());
    spots.forEach(spot -> put(spot, to));
  }

  private static void put(TextSpot spot, GrowingBuffer to) {
    to.put(spot.path());
    to.put(spot.type());
    to.put(spot.start());
    to.put(spot.end());
  }

  /** Reads what {@link #of} wrote. */
  public static InputDocument read(byte[] stored) {
    ByteBuffer from = ByteBuffer.wrap(stored);
    byte[] json = bytes(from);
    String type = text(from);
    List<TextSpot> id = spots(json, from);
    int identifier = from.getInt();
    ResourceDocument resource =
        new ResourceDocument(
            json,
            type,
            id.isEmpty() ? null : id.get(0),
            identifier,
            references(json, from),
            spots(json, from));
    boolean hasFullUrl = from.getInt() == 1;
    String fullUrl = text(from);
    return (hasFullUrl ? InputDocument.of(resource, fullUrl) : InputDocument.of(resource))
        .at(text(from));
  }

  private static List<ReferenceSpot> references(byte[] json, ByteBuffer from) {
    int count = from.getInt();
    List<ReferenceSpot> references = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      references.add(new ReferenceSpot(spot(json, from), from.getInt(), from.getInt()));
    }
    return references;
  }

  private static List<TextSpot> spots(byte[] json, ByteBuffer from) {
    int count = from.getInt();
    List<TextSpot> spots = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      spots.add(spot(json, from));
    }
    return spots;
  }

  private static TextSpot spot(byte[] json, ByteBuffer from) {
    String path = text(from);
    String type = text(from);
    int start = from.getInt();
    int end = from.getInt();
    return new TextSpot(path, type, value(json, start, end), start, end);
  }

  private static String value(byte[] json, int start, int end) {
    for (int i = start; i < end; i++) {
      if (json[i] == '\\') {
        return unescaped(json, start, end);
      }
    }
    return new String(json, start + 1, end - start - 2, StandardCharsets.UTF_8);
  }

  private static String unescaped(byte[] json, int start, int end) {
    try (JsonParser in = JSON.createParser(json, start, end - start)) {
      in.nextToken();
      return in.getText();
    } catch (IOException impossible) {
      throw new IllegalStateException("it was read before", impossible);
    }
  }

  private static byte[] bytes(ByteBuffer from) {
    byte[] bytes = new byte[from.getInt()];
    from.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer from) {
    return new String(bytes(from), StandardCharsets.UTF_8);
  }
}
