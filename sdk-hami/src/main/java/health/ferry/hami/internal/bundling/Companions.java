package health.ferry.hami.internal.bundling;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Patients who have gone out in another one's bundle, such as a mother with her child's visit. One
 * of whom there is nothing else needs no bundle of its own, which would hold nothing clinical.
 */
final class Companions {

  private final Set<String> fullUrls = new HashSet<>();

  /** Learns who goes along with a group. */
  void add(List<Node> besideMembers) {
    besideMembers.stream().filter(Companions::isPatient).map(Node::fullUrl).forEach(fullUrls::add);
  }

  /** Whether all of a group has gone out before. */
  boolean areAll(List<Node> members) {
    return members.stream()
        .allMatch(member -> isPatient(member) && fullUrls.contains(member.fullUrl()));
  }

  private static boolean isPatient(Node node) {
    return node.type().equals("Patient");
  }
}
