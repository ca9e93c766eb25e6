package health.ferry.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** JSON with something changed in it that still is JSON: members lost, doubled, moved, misnamed. */
final class MutatedJson {

  private static final String[] VALUES = {
    "null",
    "true",
    "0",
    "-0",
    "-7",
    "1.50",
    "-0.0",
    "1e3",
    "1E-9",
    "12345678901234567890",
    "\"\"",
    "\" \"",
    "\" a \"",
    "\"true\"",
    "\"+1\"",
    "\".5\"",
    "\"007.0\"",
    "\"#org\"",
    "\"urn:uuid:1\"",
    "\"2026\"",
    "\"2026-02-30\"",
    "\"2026-01-02T03:04:05.6789+14:00\"",
    "\"24:00:00\"",
    "\"male\"",
    "\"Patient/1/_history/2\"",
    "\"http://example.org/fhir/Patient/1\"",
    "\"<p>a</p>\"",
    "{}",
    "[]",
    "[null]",
    "[[]]",
    "{\"a\":1}",
    "[{\"url\":\"a\",\"valueCode\":\"b\"}]",
    "{\"extension\":[{\"url\":\"a\",\"valueString\":\"b\"}]}",
    "{\"id\":\"x\"}",
    "{\"id\":1}",
    "[{\"resourceType\":\"Organization\",\"id\":\"org\"}]"
  };

  private static final String[] NAMES = {
    "id",
    "_id",
    "extension",
    "modifierExtension",
    "url",
    "valueString",
    "_valueString",
    "contained",
    "resourceType",
    "value",
    "",
    "_",
    "fhir_comments",
    "text",
    "div",
    "meta",
    "subjectResource"
  };

  /** A value of JSON: members, elements or the text of a scalar. */
  private static final class Node {
    private final @Nullable String scalar;
    private final boolean object;
    private final List<String> names = new ArrayList<>();
    private final List<Node> values = new ArrayList<>();

    Node(@Nullable String scalar, boolean object) {
      this.scalar = scalar;
      this.object = object;
    }
  }

  private final Random random;

  MutatedJson(Random random) {
    this.random = random;
  }

  /** The same resource with one to three changes. */
  String of(String json) throws IOException {
    Node root = parse(json);
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      List<Node> holders = new ArrayList<>();
      collect(root, holders);
      change(holders.get(random.nextInt(holders.size())));
    }
    StringBuilder text = new StringBuilder();
    write(root, text);
    return text.toString();
  }

  private void change(Node holder) throws IOException {
    int at = random.nextInt(holder.values.size());
    int other = random.nextInt(holder.values.size());
    switch (random.nextInt(7)) {
      case 0 -> remove(holder, at);
      case 1 -> insert(holder, other, name(holder, at), holder.values.get(at));
      case 2 -> holder.values.set(at, parse(VALUES[random.nextInt(VALUES.length)]));
      case 3 -> insert(holder, other, name(), parse(VALUES[random.nextInt(VALUES.length)]));
      case 4 ->
          insert(
              holder, other, "_" + name(holder, at), parse(VALUES[random.nextInt(VALUES.length)]));
      case 5 -> {
        Node moved = holder.values.get(at);
        String name = name(holder, at);
        remove(holder, at);
        insert(holder, Math.min(other, holder.values.size()), name, moved);
      }
      default -> {
        Node array = new Node(null, false);
        array.values.add(holder.values.get(at));
        holder.values.set(at, array);
      }
    }
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }

  private static String name(Node holder, int at) {
    return holder.object ? holder.names.get(at) : "";
  }

  private static void remove(Node holder, int at) {
    holder.values.remove(at);
    if (holder.object) {
      holder.names.remove(at);
    }
  }

  private static void insert(Node holder, int at, String name, Node value) {
    holder.values.add(at, value);
    if (holder.object) {
      holder.names.add(at, name);
    }
  }

  private static void collect(Node node, List<Node> holders) {
    if (!node.values.isEmpty()) {
      holders.add(node);
      node.values.forEach(value -> collect(value, holders));
    }
  }

  private static Node parse(String json) throws IOException {
    try (JsonParser in = new JsonFactory().createParser(json)) {
      in.nextToken();
      return read(in);
    }
  }

  private static Node read(JsonParser in) throws IOException {
    if (in.currentToken() == JsonToken.START_OBJECT) {
      Node object = new Node(null, true);
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        insert(object, object.values.size(), name, read(in));
      }
      return object;
    }
    if (in.currentToken() == JsonToken.START_ARRAY) {
      Node array = new Node(null, false);
      while (in.nextToken() != JsonToken.END_ARRAY) {
        array.values.add(read(in));
      }
      return array;
    }
    return new Node(
        in.currentToken() == JsonToken.VALUE_STRING ? quoted(in.getText()) : in.getText(), false);
  }

  private static void write(Node node, StringBuilder text) {
    if (node.scalar != null) {
      text.append(node.scalar);
      return;
    }
    text.append(node.object ? '{' : '[');
    for (int i = 0; i < node.values.size(); i++) {
      text.append(i == 0 ? "" : ",");
      if (node.object) {
        text.append(quoted(node.names.get(i))).append(':');
      }
      write(node.values.get(i), text);
    }
    text.append(node.object ? '}' : ']');
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }
}
