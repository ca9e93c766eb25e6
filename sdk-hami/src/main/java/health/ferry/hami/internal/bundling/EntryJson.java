package health.ferry.hami.internal.bundling;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import health.ferry.core.internal.json.Splice;
import health.ferry.hami.Repair;
import health.ferry.hami.internal.dates.DateRepair;
import health.ferry.hami.internal.document.ReferenceSpot;
import health.ferry.hami.internal.document.ResourceDocument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A group's resources as entries: the bytes that came in, with other references and with dates as
 * HAMI takes them.
 */
final class EntryJson {

  private final List<Node> nodes;
  private final BundlingSettings settings;
  private final BundlingTally tally;

  EntryJson(List<Node> nodes, BundlingSettings settings, BundlingTally tally) {
    this.nodes = nodes;
    this.settings = settings;
    this.tally = tally;
  }

  /** One entry, always the same bytes. */
  byte[] of(Node node) {
    byte[] resource = resource(node);
    ByteArrayOutputStream entry = new ByteArrayOutputStream(resource.length + 160);
    entry.writeBytes(utf8("{\"fullUrl\":"));
    entry.writeBytes(quoted(node.fullUrl()));
    entry.writeBytes(utf8(",\"resource\":"));
    entry.writeBytes(resource);
    entry.writeBytes(utf8(",\"request\":{\"method\":\"POST\",\"url\":"));
    entry.writeBytes(quoted(node.type()));
    entry.writeBytes(utf8("}}"));
    return entry.toByteArray();
  }

  private byte[] resource(Node node) {
    ResourceDocument document = node.document().resource();
    List<ReferenceSpot> references = document.references();
    List<Splice> splices = new ArrayList<>(dates(node));
    for (int i = 0; i < references.size(); i++) {
      int target = node.targets()[i];
      ReferenceSpot reference = references.get(i);
      if (target != Node.OUTSIDE && nodes.get(target).isSent()) {
        splices.add(
            new Splice(
                reference.literal().start(),
                reference.literal().end(),
                quoted(nodes.get(target).fullUrl())));
      } else if (target != Node.OUTSIDE) {
        DroppedResource dropped = DroppedResource.of(nodes.get(target).document().resource());
        splices.add(new DroppedReference(document.json(), reference).to(dropped));
      } else if (DroppedReference.isOfQuery(reference, settings)) {
        DroppedResource dropped = DroppedResource.ofQuery(reference.value());
        splices.add(new DroppedReference(document.json(), reference).to(dropped));
      }
    }
    return Splice.apply(document.json(), splices);
  }

  private List<Splice> dates(Node node) {
    if (settings.keepsDates()) {
      return List.of();
    }
    List<Repair> repairs = new ArrayList<>();
    List<Splice> splices = DateRepair.splices(node.document().resource(), repairs);
    if (node.distance() == 0) {
      repairs.forEach(repair -> tally.repaired(repair.path(), repair.what()));
    }
    return splices;
  }

  private static byte[] quoted(String text) {
    return utf8('"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"');
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
