package health.ferry.hami;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The request that HAMI's documentation shows, to be changed in one place: five entries, of which 0
 * is the Patient, 1 the Appointment, 2 the Encounter, 3 the Condition and 4 the blood pressure.
 */
final class SeedBundle {

  /** The documented request names a Practitioner that HAMI has. */
  static final String PRACTITIONER =
      "Bundle.entry[4].resource.performer[0].reference: is not in this bundle: HAMI must have it"
          + " already";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode tree;

  private SeedBundle(ObjectNode tree) {
    this.tree = tree;
  }

  static SeedBundle asDocumented() {
    return new SeedBundle((ObjectNode) parse(text()));
  }

  /** As it stands on the page. */
  static String text() {
    try (InputStream json = SeedBundle.class.getResourceAsStream("seed-bundle.json")) {
      return new String(Objects.requireNonNull(json).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** With another value at a JSON pointer, {@code '} standing for {@code "}. */
  SeedBundle with(String pointer, String json) {
    JsonPointer place = JsonPointer.compile(pointer);
    JsonNode holder = tree.at(place.head());
    JsonNode value = parse(json.replace('\'', '"'));
    if (holder instanceof ArrayNode array) {
      array.set(place.last().getMatchingIndex(), value);
    } else {
      ((ObjectNode) holder).set(place.last().getMatchingProperty(), value);
    }
    return this;
  }

  /** Without what stands at a JSON pointer. */
  SeedBundle without(String pointer) {
    JsonPointer place = JsonPointer.compile(pointer);
    JsonNode holder = tree.at(place.head());
    if (holder instanceof ArrayNode array) {
      array.remove(place.last().getMatchingIndex());
    } else {
      ((ObjectNode) holder).remove(place.last().getMatchingProperty());
    }
    return this;
  }

  /** With so many entries, copies of the Condition behind the five. */
  SeedBundle ofSize(int entries) {
    ArrayNode all = (ArrayNode) tree.path("entry");
    while (all.size() < entries) {
      ObjectNode copy = all.path(3).deepCopy();
      copy.put("fullUrl", "urn:uuid:00000000-0000-4000-8000-%012d".formatted(all.size()));
      all.add(copy);
    }
    return this;
  }

  String json() {
    return tree.toString();
  }

  /** The errors, each as path and rule. */
  List<String> errors() {
    return texts(Preflight.check(json()).errors());
  }

  /** The warnings, without the one of the documented request itself. */
  List<String> warnings() {
    return texts(Preflight.check(json()).warnings()).stream()
        .filter(warning -> !warning.equals(PRACTITIONER))
        .toList();
  }

  private static List<String> texts(List<Finding> findings) {
    return findings.stream().map(finding -> finding.path() + ": " + finding.rule()).toList();
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
