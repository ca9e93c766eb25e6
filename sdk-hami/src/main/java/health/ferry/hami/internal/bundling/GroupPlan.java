package health.ferry.hami.internal.bundling;

import health.ferry.core.Violation;
import health.ferry.hami.internal.document.ReferenceSpot;
import health.ferry.hami.internal.preflight.SupportedTypes;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What becomes of one group: its bundles, and what is to be said about them. */
final class GroupPlan {

  private final GroupGraph graph;
  private final List<Node> members;
  private final List<int[]> closures = new ArrayList<>();
  private final int[] base;
  private final boolean goneBefore;

  /**
   * A plan.
   *
   * @param companions of the groups before this one; learns those of this one
   */
  GroupPlan(GroupGraph graph, Companions companions) {
    this.graph = graph;
    this.members = graph.members();
    Closures all = new Closures(graph.nodes());
    int patient =
        IntStream.range(0, members.size())
            .filter(member -> members.get(member).type().equals("Patient"))
            .findFirst()
            .orElse(Node.OUTSIDE);
    this.base = all.of(patient);
    for (int member = 0; member < members.size(); member++) {
      closures.add(members.get(member).isSent() ? all.of(member, patient) : new int[0]);
    }
    this.goneBefore = companions.areAll(members);
    if (!goneBefore) {
      companions.add(graph.nodes().subList(members.size(), graph.nodes().size()));
    }
  }

  GroupGraph graph() {
    return graph;
  }

  /** The numbers of the nodes of each bundle, in ascending order. None may be too large. */
  List<int[]> bundles() {
    return goneBefore ? List.of() : new Packing(closures, base, clinical()).bundles();
  }

  private BitSet clinical() {
    BitSet clinical = new BitSet();
    for (int member = 0; member < members.size(); member++) {
      clinical.set(member, SupportedTypes.isClinical(members.get(member).type()));
    }
    return clinical;
  }

  /** Everything that keeps the group from being sent. */
  void addViolations(List<Violation> violations) {
    for (int member = 0; member < members.size(); member++) {
      Node node = members.get(member);
      int size = closures.get(member).length;
      if (size > Packing.LIMIT) {
        violations.add(
            new Violation(
                node.document().origin(),
                "leads to so many others that %d resources would have to be in one bundle, and HAMI"
                        .formatted(size)
                    + " takes "
                    + Packing.LIMIT));
      }
      eachOutside(node)
          .filter(reference -> isUrn(reference.value()))
          .map(
              reference ->
                  new Violation(
                      node.document().place() + ": " + reference.path(),
                      "refers to a urn that no input has as full URL"))
          .forEach(violations::add);
    }
  }

  /** Counts what HAMI does not take. */
  void countTypes(BundlingTally tally) {
    members.stream().filter(node -> !node.isSent()).forEach(node -> tally.unsupported(node.type()));
  }

  /** Counts the group, and what the caller should know of it. */
  void count(BundlingTally tally, BundlingSettings settings) {
    List<int[]> bundles = bundles();
    tally.packed(bundles.size(), members.stream().filter(Node::isSent).count());
    for (int[] bundle : bundles) {
      List<String> types = IntStream.of(bundle).mapToObj(this::type).distinct().toList();
      if (!types.contains("Patient")) {
        tally.warn("Bundle", "has no Patient");
      }
      if (types.stream().noneMatch(SupportedTypes::isClinical)) {
        tally.warn("Bundle", "has no Condition, Observation, Appointment or Encounter");
      }
    }
    members.stream()
        .filter(Node::isSent)
        .flatMap(GroupPlan::eachOutside)
        .filter(reference -> !DroppedReference.isOfQuery(reference, settings))
        .forEach(
            reference ->
                tally.warn(reference.path(), "refers to none of the inputs, and is sent as given"));
  }

  private String type(int node) {
    return graph.nodes().get(node).type();
  }

  private static Stream<ReferenceSpot> eachOutside(Node node) {
    List<ReferenceSpot> references = node.document().resource().references();
    return IntStream.range(0, node.targets().length)
        .filter(i -> node.targets()[i] == Node.OUTSIDE)
        .mapToObj(references::get)
        .filter(reference -> !reference.value().startsWith("#"));
  }

  private static boolean isUrn(String reference) {
    return reference.regionMatches(true, 0, "urn:", 0, 4);
  }
}
