package health.ferry.hami.internal.bundling;

import health.ferry.core.Violation;
import health.ferry.hami.internal.document.InputDocument;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * One bundling from end to end: looks through the whole input first, so that nothing is sent of an
 * input that cannot be sent whole, then makes the bundles, a group at a time.
 */
public final class BundlingRun implements Iterator<EncodedBundle> {

  private static final byte[] HEAD =
      "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
          .getBytes(StandardCharsets.US_ASCII);

  private final PatientGroups groups;
  private final BundlingSettings settings;
  private final BundlingTally tally;
  private final Iterator<List<InputDocument>> left;
  private final Deque<EncodedBundle> made = new ArrayDeque<>();
  private final Companions companions = new Companions();
  private long bundles;

  /**
   * Looks through the input.
   *
   * @param groups closed when the last bundle has been given, or when something is wrong
   * @param tally counts everything but repairs at once, and repairs as bundles are made
   * @throws health.ferry.core.InvalidInputException with everything that is wrong
   */
  public BundlingRun(PatientGroups groups, BundlingSettings settings, BundlingTally tally) {
    this.groups = groups;
    this.settings = settings;
    this.tally = tally;
    try {
      lookThrough();
      this.left = groups.iterator();
    } catch (RuntimeException | Error broken) {
      groups.close();
      throw broken;
    }
  }

  private void lookThrough() {
    List<Violation> violations = new ArrayList<>();
    Companions companionsThisTime = new Companions();
    for (List<InputDocument> group : groups) {
      GroupPlan plan = plan(group, companionsThisTime);
      if (violations.size() < BundlingErrors.MOST) {
        plan.addViolations(violations);
      }
      plan.countTypes(tally);
      if (violations.isEmpty()) {
        plan.count(tally, settings);
      }
    }
    if (!settings.dropsUnsupported()) {
      tally.unsupported().forEach((type, count) -> violations.add(unsupported(type, count)));
    }
    if (violations.isEmpty() && tally.bundles() == 0) {
      violations.add(new Violation("input", "must hold a resource of a type that HAMI takes"));
    }
    if (!violations.isEmpty()) {
      throw BundlingErrors.of(violations);
    }
  }

  private static Violation unsupported(String type, long count) {
    return new Violation(
        type,
        "is a type that HAMI does not take, and the input has "
            + count
            + " of it: leave them out, or use dropUnsupported()");
  }

  private GroupPlan plan(List<InputDocument> group, Companions companions) {
    return new GroupPlan(new GroupGraph(groups, group, settings.source()), companions);
  }

  @Override
  public boolean hasNext() {
    try {
      while (made.isEmpty() && left.hasNext()) {
        make(plan(left.next(), companions));
      }
    } catch (RuntimeException | Error broken) {
      groups.close();
      throw broken;
    }
    if (made.isEmpty()) {
      groups.close();
      requireAll();
    }
    return !made.isEmpty();
  }

  /** Lets go of the input, for who does not go to the end. */
  public void close() {
    groups.close();
  }

  /** An Iterable that can be gone through once alone would lose everything here, silently. */
  private void requireAll() {
    if (bundles != tally.bundles()) {
      throw BundlingErrors.of("input", "must give the same resources each time it is iterated");
    }
  }

  @Override
  public EncodedBundle next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    bundles++;
    return made.remove();
  }

  private void make(GroupPlan plan) {
    List<Node> nodes = plan.graph().nodes();
    EntryJson entries = new EntryJson(nodes, settings, tally);
    byte[][] encoded = new byte[nodes.size()][];
    for (int[] bundle : plan.bundles()) {
      List<Integer> patientFirst =
          Arrays.stream(bundle)
              .boxed()
              .sorted(Comparator.comparing(node -> !nodes.get(node).type().equals("Patient")))
              .toList();
      ByteArrayOutputStream json = new ByteArrayOutputStream(1024 * bundle.length);
      json.writeBytes(HEAD);
      for (int node : patientFirst) {
        if (encoded[node] == null) {
          encoded[node] = entries.of(nodes.get(node));
        }
        if (json.size() > HEAD.length) {
          json.write(',');
        }
        json.writeBytes(encoded[node]);
      }
      json.write(']');
      json.write('}');
      made.add(
          new EncodedBundle(
              json.toByteArray(),
              patientFirst.stream().map(node -> nodes.get(node).fullUrl()).toList(),
              patientFirst.stream().map(node -> nodes.get(node).document().origin()).toList()));
    }
  }
}
