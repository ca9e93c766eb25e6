package health.ferry.hami.internal.bundling;

import health.ferry.hami.internal.preflight.BundleRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which resources of a group go together: bundles of at most {@link #LIMIT}, each a union of
 * closures, together all of them, and few.
 *
 * <p>Greedy. A bundle takes, again and again, the closure that fits and repeats least of what
 * earlier bundles have, has most in common with what is in it, and is largest. Small closures fill
 * what large ones leave, so that every bundle but the last has more than {@code LIMIT - c} entries,
 * where {@code c} is the size of the largest closure that is left.
 */
final class Packing {

  /** The most entries that HAMI takes in a bundle (seed: "Bundle Size Limit"). */
  static final int LIMIT = BundleRules.MOST_ENTRIES;

  /** How many closures are compared for a place; above it a patient's bundles may be a few more. */
  private static final int WINDOW = 2_000;

  private final List<int[]> closures;
  private final int[] base;
  private final BitSet clinical;
  private final BitSet packed = new BitSet();
  private BitSet bundle = new BitSet();
  private int room = LIMIT;

  /**
   * A packing.
   *
   * @param closures of each resource of the group, in ascending order of numbers; none is larger
   *     than {@link #LIMIT} with the base
   * @param base what each bundle shall have: the Patient and to what it leads
   * @param clinical the resources of which each bundle shall have one
   */
  Packing(List<int[]> closures, int[] base, BitSet clinical) {
    this.closures = closures;
    this.base = base;
    this.clinical = clinical;
  }

  /** The bundles, each the numbers of its resources in ascending order. */
  List<int[]> bundles() {
    List<int[]> left = new ArrayList<>(roots());
    List<int[]> bundles = new ArrayList<>();
    while (!left.isEmpty()) {
      bundle = new BitSet();
      room = LIMIT;
      add(base);
      boolean first = true;
      for (int next = best(left); next >= 0; next = best(left)) {
        add(left.remove(next));
        if (first) {
          addClinical();
          first = false;
        }
      }
      packed.or(bundle);
      left.removeIf(closure -> missing(closure) == 0);
      bundles.add(bundle.stream().toArray());
    }
    return bundles;
  }

  private void add(int[] closure) {
    for (int node : closure) {
      room -= bundle.get(node) ? 0 : 1;
      bundle.set(node);
    }
  }

  private int missing(int[] closure) {
    int missing = 0;
    for (int node : closure) {
      missing += packed.get(node) ? 0 : 1;
    }
    return missing;
  }

  /** The place of the closure to add next, or -1 when none fits. */
  private int best(List<int[]> left) {
    int best = -1;
    long bestRank = Long.MIN_VALUE;
    for (int i = 0; i < Math.min(left.size(), WINDOW); i++) {
      long rank = rank(left.get(i));
      if (rank > bestRank) {
        best = i;
        bestRank = rank;
      }
    }
    return best;
  }

  /** Higher is better; the lowest of all does not fit. */
  private long rank(int[] closure) {
    int common = 0;
    int again = 0;
    for (int node : closure) {
      if (bundle.get(node)) {
        common++;
      } else if (packed.get(node)) {
        again++;
      }
    }
    int added = closure.length - common;
    return added > room ? Long.MIN_VALUE : -1_000_000L * again + 1_000L * common + added;
  }

  /** A bundle that began with nothing clinical gets something, if possible what none has yet. */
  private void addClinical() {
    if (clinical.isEmpty() || bundle.intersects(clinical)) {
      return;
    }
    int @Nullable [] best = null;
    long bestCost = Long.MAX_VALUE;
    for (int node = clinical.nextSetBit(0); node >= 0; node = clinical.nextSetBit(node + 1)) {
      int[] closure = closures.get(node);
      long added = Arrays.stream(closure).filter(each -> !bundle.get(each)).count();
      long cost = added + (packed.get(node) ? 2L * LIMIT : 0);
      if (added <= room && cost < bestCost) {
        best = closure;
        bestCost = cost;
      }
    }
    if (best != null) {
      add(best);
    }
  }

  /** The closures that are in no other one; of equal ones, the first. */
  private List<int[]> roots() {
    BitSet inner = new BitSet();
    for (int i = 0; i < closures.size(); i++) {
      for (int node : closures.get(i)) {
        if (node != i && node < closures.size() && (!has(closures.get(node), i) || node > i)) {
          inner.set(node);
        }
      }
    }
    List<int[]> roots = new ArrayList<>();
    for (int i = 0; i < closures.size(); i++) {
      if (!inner.get(i) && closures.get(i).length > 0) {
        roots.add(closures.get(i));
      }
    }
    return roots;
  }

  private static boolean has(int[] closure, int node) {
    return Arrays.binarySearch(closure, node) >= 0;
  }
}
