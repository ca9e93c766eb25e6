package health.ferry.hami;

import health.ferry.core.DeadlineExceededException;
import health.ferry.core.DeadlineExceededException.Kind;
import health.ferry.core.InvalidInputException;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.CallContext;
import health.ferry.hami.internal.document.EntryPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a first pass over all bundles finds, before anything is sent.
 *
 * @param hashes of every bundle, each once
 * @param warnings the first of them
 * @param bundling of this pass, which saw all of them: the next one may end early
 */
record CheckedInput(Set<String> hashes, List<Finding> warnings, BundlingReport bundling) {

  /** More findings than a person reads. */
  static final int MOST_FINDINGS = 1_000;

  /**
   * Checks all bundles.
   *
   * @throws InvalidInputException when there is none, or one that HAMI would refuse
   */
  static CheckedInput of(BundleReading bundles, BundleCheck check, CallContext call) {
    Set<String> hashes = new LinkedHashSet<>();
    List<Finding> warnings = new ArrayList<>();
    List<Violation> errors = new ArrayList<>();
    try (BundleIterator each = bundles.open()) {
      while (each.hasNext()) {
        requireTime(call);
        TransactionBundle bundle = each.next();
        if (!hashes.add(bundle.hash())) {
          continue;
        }
        PreflightReport found = check.check(bundle.bytes());
        found.warnings().stream().limit(MOST_FINDINGS - warnings.size()).forEach(warnings::add);
        found.errors().stream()
            .limit(MOST_FINDINGS - errors.size())
            .map(error -> violation(bundle, error))
            .forEach(errors::add);
      }
    }
    if (hashes.isEmpty()) {
      errors.add(new Violation("input", "holds no resource that could be sent"));
    }
    if (!errors.isEmpty()) {
      throw new InvalidInputException(call.info(), errors);
    }
    return new CheckedInput(hashes, List.copyOf(warnings), bundles.report());
  }

  private static void requireTime(CallContext call) {
    call.throwIfCancelled();
    if (call.deadline().hasPassed()) {
      throw new DeadlineExceededException(call.info(), Kind.CALL, Phase.CONNECT, false, null);
    }
  }

  /** Leads to the input rather than to an entry that nobody but Ferry has seen. */
  private static Violation violation(TransactionBundle bundle, Finding error) {
    String path = error.path();
    String where = ": " + path;
    if (error.entry().isPresent()) {
      int entry = error.entry().getAsInt();
      String resource = EntryPath.of(entry) + ".resource";
      if (path.startsWith(resource)) {
        where = ", from " + bundle.origin(entry) + path.substring(resource.length());
      }
    }
    return new Violation("bundle " + bundle.number() + where, error.rule());
  }
}
