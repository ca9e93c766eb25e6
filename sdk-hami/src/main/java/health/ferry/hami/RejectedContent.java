package health.ferry.hami;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.hami.internal.document.EntryPath;
import health.ferry.hami.internal.document.LogicalId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The entries of a bundle that was refused, and which of them a finding is about. */
final class RejectedContent {

  /** A place in a resource, as FHIR writes it. */
  private static final Pattern PLACE =
      Pattern.compile("[A-Za-z]{1,64}((\\.[A-Za-z][A-Za-z0-9]{0,63})|(\\[[0-9]{1,6}]))*+");

  private static final Pattern AFTER_TYPE = Pattern.compile("[.\\[]");

  private final List<RejectedEntry> entries;
  private final List<String> types;

  private RejectedContent(List<RejectedEntry> entries, List<String> types) {
    this.entries = entries;
    this.types = types;
  }

  static RejectedContent of(TransactionBundle bundle) {
    List<JsonNode> resources =
        tree(bundle.bytes()).path("entry").valueStream().map(e -> e.path("resource")).toList();
    return new RejectedContent(
        IntStream.range(0, bundle.size())
            .mapToObj(
                entry ->
                    new RejectedEntry(
                        bundle.fullUrls().get(entry),
                        bundle.origin(entry) + idOf(resources.get(entry))))
            .toList(),
        resources.stream().map(resource -> resource.path("resourceType").asText()).toList());
  }

  private static JsonNode tree(byte[] bundle) {
    try {
      return JsonTree.read(bundle);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** What only claims to be an id could say anything. */
  private static String idOf(JsonNode resource) {
    String id = resource.path("id").asText();
    return LogicalId.isValid(id) ? "/" + id : "";
  }

  List<RejectedEntry> entries() {
    return entries;
  }

  RejectionFinding finding(Violation told) {
    OptionalInt entry = entryOf(told.path());
    Violation shown = new Violation(shown(told.path(), entry), told.rule());
    return entry.isPresent()
        ? RejectionFinding.of(shown, entry.getAsInt(), entries.get(entry.getAsInt()))
        : RejectionFinding.of(shown);
  }

  /** Places are shown; what only claims to be one could say anything. */
  private static String shown(String path, OptionalInt entry) {
    if (PLACE.matcher(path).matches()) {
      return path;
    }
    return entry.isPresent() ? EntryPath.of(entry.getAsInt()) : "Bundle";
  }

  /** By the index, or by the type: the seed's own example is {@code Patient.birthDate}. */
  private OptionalInt entryOf(String path) {
    OptionalInt index = EntryPath.indexOf(path);
    if (index.isPresent()) {
      return index.getAsInt() < entries.size() ? index : OptionalInt.empty();
    }
    String type = AFTER_TYPE.split(path, 2)[0];
    int first = types.indexOf(type);
    return first >= 0 && first == types.lastIndexOf(type)
        ? OptionalInt.of(first)
        : OptionalInt.empty();
  }
}
