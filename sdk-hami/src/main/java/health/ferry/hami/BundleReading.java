package health.ferry.hami;

import health.ferry.hami.internal.bundling.PatientGroups;
import health.ferry.hami.internal.document.InputDocument;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Bundles for who goes through all of them more than once: an input in any order is read and
 * indexed the first time alone. Not thread-safe.
 */
final class BundleReading implements AutoCloseable {

  private final TransactionBundles bundles;
  private final PatientGroups groups;

  /**
   * Bundles of an input.
   *
   * @param groups the input, closed with this
   */
  BundleReading(TransactionBundles bundles, PatientGroups groups) {
    this.bundles = bundles;
    this.groups = groups;
  }

  /** One way through all bundles, which ends before the next one begins. */
  BundleIterator open() {
    return bundles.open(new StayingOpen(groups));
  }

  /** What the latest way through them counted so far. */
  BundlingReport report() {
    return bundles.report();
  }

  /** Lets go of the input. */
  @Override
  public void close() {
    groups.close();
  }

  /** Who goes through the groups closes them at the end. */
  private record StayingOpen(PatientGroups groups) implements PatientGroups {
    @Override
    public Iterator<List<InputDocument>> iterator() {
      return groups.iterator();
    }

    @Override
    public Optional<InputDocument> find(String key) {
      return groups.find(key);
    }

    @Override
    public void close() {
      // The reading does it.
    }
  }
}
