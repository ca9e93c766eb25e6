package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.document.ReferenceSpot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources of one group, those of other groups to which they lead, and where each reference
 * leads. The group's own come first, in their order.
 */
final class GroupGraph {

  private final PatientGroups groups;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Integer> byKey = new HashMap<>();
  private final FullUrls fullUrls;
  private final int members;

  GroupGraph(PatientGroups groups, List<InputDocument> group, String source) {
    this.groups = groups;
    this.fullUrls = new FullUrls(source);
    this.members = group.size();
    group.forEach(document -> add(document, 0));
    for (int i = 0; i < nodes.size(); i++) {
      link(nodes.get(i));
    }
  }

  /** All of them. */
  List<Node> nodes() {
    return nodes;
  }

  /** The group's own. */
  List<Node> members() {
    return nodes.subList(0, members);
  }

  private int add(InputDocument document, int distance) {
    int number = nodes.size();
    nodes.add(new Node(document, fullUrls.of(document), distance));
    InputKeys.own(document).forEach(key -> byKey.put(key, number));
    return number;
  }

  /** What is further away than a bundle can hold is too much anyway. */
  private void link(Node node) {
    if (node.isSent() && node.distance() <= Packing.LIMIT) {
      node.setTargets(
          node.document().resource().references().stream()
              .mapToInt(reference -> target(reference, node.distance() + 1))
              .toArray());
    }
  }

  private int target(ReferenceSpot reference, int distance) {
    if (reference.value().startsWith("#")) {
      return Node.OUTSIDE;
    }
    String key = ReferenceKey.of(reference.value());
    @Nullable Integer known = byKey.get(key);
    if (known == null) {
      known = groups.find(key).map(found -> number(found, distance)).orElse(Node.OUTSIDE);
      byKey.put(key, known);
    }
    return known;
  }

  private int number(InputDocument found, int distance) {
    @Nullable Integer known = byKey.get(InputKeys.own(found).get(0));
    return known == null || known == Node.OUTSIDE ? add(found, distance) : known;
  }
}
