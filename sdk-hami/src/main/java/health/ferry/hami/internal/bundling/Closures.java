package health.ferry.hami.internal.bundling;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** What each resource needs beside it in a bundle: itself and all to which it leads. */
final class Closures {

  private final List<Node> nodes;
  private final BitSet seen = new BitSet();
  private final int[] queue;

  Closures(List<Node> nodes) {
    this.nodes = nodes;
    this.queue = new int[nodes.size()];
  }

  /** The numbers of all that is sent with these, themselves included, in ascending order. */
  int[] of(int... starts) {
    int end = 0;
    for (int start : starts) {
      end = visit(start, end);
    }
    for (int i = 0; i < end; i++) {
      for (int target : nodes.get(queue[i]).targets()) {
        end = visit(target, end);
      }
    }
    int[] closure = Arrays.copyOf(queue, end);
    for (int node : closure) {
      seen.clear(node);
    }
    Arrays.sort(closure);
    return closure;
  }

  private int visit(int node, int end) {
    if (node == Node.OUTSIDE || seen.get(node) || !nodes.get(node).isSent()) {
      return end;
    }
    seen.set(node);
    queue[end] = node;
    return end + 1;
  }
}
