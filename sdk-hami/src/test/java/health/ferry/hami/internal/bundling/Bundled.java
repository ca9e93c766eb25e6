package health.ferry.hami.internal.bundling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.ResourceDocument;
import health.ferry.hami.internal.input.Input;
import health.ferry.hami.internal.preflight.SupportedTypes;
import health.ferry.hami.internal.spool.Spool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** An input and the bundles that became of it, with what must be true of any. */
record Bundled(List<InputDocument> input, List<JsonNode> bundles, BundlingTally tally) {

  static final BundlingSettings REFUSING = new BundlingSettings(false, true, "");
  static final BundlingSettings DROPPING = new BundlingSettings(true, true, "");

  static InputDocument input(String json) {
    return InputDocument.of(document(json));
  }

  static InputDocument input(String json, String fullUrl) {
    return InputDocument.of(document(json), fullUrl);
  }

  private static ResourceDocument document(String json) {
    try {
      return ResourceDocument.of(json.getBytes(StandardCharsets.UTF_8), FhirR4.shared());
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  /** The same inputs, each with its place in the row. */
  static List<InputDocument> inARow(List<InputDocument> input) {
    return IntStream.range(0, input.size()).mapToObj(i -> input.get(i).at(Input.place(i))).toList();
  }

  /** Resources as JSON texts, in any order. */
  static Bundled of(String... resources) {
    return of(List.of(resources).stream().map(Bundled::input).toList(), REFUSING);
  }

  static Bundled of(List<InputDocument> input, BundlingSettings settings) {
    Spool spool = Spool.inTemporaryFolder();
    Input inARow = inARow(input)::forEach;
    return of(input, IndexedGroups.of(inARow, spool), settings);
  }

  static Bundled of(List<InputDocument> input, PatientGroups groups, BundlingSettings settings) {
    BundlingTally tally = new BundlingTally();
    List<JsonNode> bundles = new ArrayList<>();
    new BundlingRun(groups, settings, tally)
        .forEachRemaining(bundle -> bundles.add(tree(bundle.json())));
    return new Bundled(input, bundles, tally);
  }

  private static JsonNode tree(byte[] json) {
    try {
      return JsonTree.read(json);
    } catch (Exception broken) {
      throw new AssertionError(broken);
    }
  }

  /** Every entry of every bundle. */
  List<JsonNode> entries() {
    List<JsonNode> entries = new ArrayList<>();
    bundles.forEach(bundle -> bundle.path("entry").forEach(entries::add));
    return entries;
  }

  /** The resource of the first entry of a type. */
  JsonNode resource(String type) {
    return entries().stream()
        .map(entry -> entry.path("resource"))
        .filter(resource -> resource.path("resourceType").asText().equals(type))
        .findFirst()
        .orElseThrow();
  }

  /** What each full URL was sent as; the same one wherever it was repeated. */
  Map<String, JsonNode> byFullUrl() {
    Map<String, JsonNode> sent = new HashMap<>();
    for (JsonNode entry : entries()) {
      JsonNode other = sent.putIfAbsent(entry.path("fullUrl").asText(), entry);
      assertThat(other == null || other.equals(entry))
          .as("repeated with the same content")
          .isTrue();
    }
    return sent;
  }

  /**
   * At most 100 entries in the form of the seed, none twice, and no reference to another bundle.
   */
  Bundled requireClosed() {
    Set<String> everywhere = byFullUrl().keySet();
    for (JsonNode bundle : bundles) {
      assertThat(bundle.path("resourceType").asText()).isEqualTo("Bundle");
      assertThat(bundle.path("type").asText()).isEqualTo("transaction");
      assertThat(bundle.path("entry").size()).isBetween(1, 100);
      Set<String> here = new HashSet<>();
      for (JsonNode entry : bundle.path("entry")) {
        assertThat(entry.path("fullUrl").asText())
            .matches("urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(here.add(entry.path("fullUrl").asText())).as("once in a bundle").isTrue();
        assertThat(entry.path("request").path("method").asText()).isEqualTo("POST");
        assertThat(entry.path("request").path("url"))
            .isEqualTo(entry.path("resource").path("resourceType"));
      }
      for (JsonNode entry : bundle.path("entry")) {
        eachReference(
            entry.path("resource"),
            reference -> {
              assertThat(!reference.startsWith("urn:") || here.contains(reference))
                  .as("closed")
                  .isTrue();
              assertThat(everywhere).doesNotContain(reference.startsWith("urn:") ? "" : reference);
              return reference;
            });
      }
    }
    return this;
  }

  /** Each bundle begins with a Patient, and has something clinical beside it. */
  Bundled requirePatientAndFindings() {
    for (JsonNode bundle : bundles) {
      List<String> types = new ArrayList<>();
      bundle.path("entry").forEach(entry -> types.add(entry.path("request").path("url").asText()));
      assertThat(types.get(0)).isEqualTo("Patient");
      assertThat(types).anyMatch(SupportedTypes::isClinical);
    }
    return this;
  }

  /**
   * Everything that HAMI takes went out, and nothing else; with the references as they came in, it
   * is what came in.
   *
   * @param key what a full URL was before
   */
  Bundled requireUnchanged(UnaryOperator<String> key) {
    Map<String, JsonNode> sent = byFullUrl();
    Map<JsonNode, Integer> came = new HashMap<>();
    for (InputDocument document : input) {
      if (SupportedTypes.contains(document.resource().type())) {
        came.merge(document.resource().tree(), 1, (one, other) -> one);
      }
    }
    Map<JsonNode, Integer> went = new HashMap<>();
    for (JsonNode entry : sent.values()) {
      JsonNode resource = entry.path("resource").deepCopy();
      eachReference(resource, key);
      went.merge(resource, 1, Integer::sum);
    }
    assertThat(went.equals(came)).as("nothing lost, nothing changed").isTrue();
    return this;
  }

  /** Hands each reference over, and writes what comes back in its place. */
  static void eachReference(JsonNode node, UnaryOperator<String> change) {
    if (node instanceof ObjectNode object && object.path("reference").isTextual()) {
      object.put("reference", change.apply(object.path("reference").asText()));
    }
    node.forEach(child -> eachReference(child, change));
  }

  @Override
  public String toString() {
    return bundles.size() + " bundles";
  }
}
