package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.fhir.NdjsonIterator;
import health.ferry.fhir.RawResource;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What has changed since the last increment. Not thread-safe.
 *
 * <p>{@link #applyTo} does it all. Whoever reads {@link #results()} instead says {@link #done()}
 * when the changes are safe; until then the same increment is fetched again.
 */
public final class ExportIncrement {

  private final IncrementalExport export;
  private final int number;
  private final List<ExportResult> results;
  private final Set<String> joined;
  private final Set<String> left;
  private final @Nullable IncrementState next;

  ExportIncrement(
      IncrementalExport export,
      int number,
      List<ExportResult> results,
      Set<String> joined,
      Set<String> left,
      @Nullable IncrementState next) {
    this.export = export;
    this.number = number;
    this.results = List.copyOf(results);
    this.joined = joined;
    this.left = left;
    this.next = next;
  }

  /**
   * Its number.
   *
   * @return 1 for the first, which holds everything
   */
  public int number() {
    return number;
  }

  /**
   * Whether everything came. What did not stands in the results' failures, and the next fetch goes
   * on with it.
   *
   * @return whether it can be applied
   */
  public boolean isComplete() {
    return next != null;
  }

  /**
   * The server's time up to which everything is known when this increment is done.
   *
   * @return the time, empty while the increment is incomplete
   */
  public Optional<Instant> transactionTime() {
    return Optional.ofNullable(next).map(IncrementState::since);
  }

  /**
   * The exports that it consists of: of patients who have come, if there are any, and then of what
   * has changed. A resource may be in both.
   *
   * @return one or two results
   */
  public List<ExportResult> results() {
    return results;
  }

  /**
   * The patients who were not there at the last increment.
   *
   * @return their ids; empty for an export of the whole system
   */
  public Set<String> joinedPatients() {
    return Set.copyOf(joined);
  }

  /**
   * The patients who were there at the last increment and are not any more. They have left the
   * group, or were deleted; whether their data go too is the caller's to decide.
   *
   * @return their ids; empty for an export of the whole system
   */
  public Set<String> departedPatients() {
    return Set.copyOf(left);
  }

  /**
   * Applies the increment: forgets what was deleted, keeps what is new or has changed, each
   * resource once, and then calls {@link #done()}.
   *
   * <p>Holds the ids of the joined patients' resources in memory, about a hundred bytes each.
   *
   * @param store where to
   * @throws IntegrityException when the increment is incomplete
   */
  public void applyTo(ResourceStore store) {
    requireComplete();
    for (ExportResult result : results) {
      try (DeletedResources deleted = result.deleted()) {
        deleted.forEachRemaining(gone -> store.delete(gone.type(), gone.id()));
      }
    }
    Set<String> kept = new HashSet<>();
    for (int i = 0; i < results.size(); i++) {
      boolean isLast = i == results.size() - 1;
      put(results.get(i), store, kept, !isLast);
    }
    done();
  }

  private static void put(
      ExportResult result, ResourceStore store, Set<String> kept, boolean remember) {
    for (String type : new TreeSet<>(result.resources().keySet())) {
      try (NdjsonIterator<RawResource> resources = result.readRaw(type)) {
        while (resources.hasNext()) {
          RawResource resource = resources.next();
          if (isNew(resource, type, kept, remember)) {
            store.put(resource);
          }
        }
      }
    }
  }

  /** What has no id cannot be known again, and is never left out. */
  private static boolean isNew(
      RawResource resource, String type, Set<String> kept, boolean remember) {
    Optional<String> key = resource.id().map(id -> type + "/" + id);
    return key.isEmpty() || (remember ? kept.add(key.get()) : !kept.contains(key.get()));
  }

  /**
   * Says that the changes are safe: the next fetch asks for what comes after them.
   *
   * @throws IntegrityException when the increment is incomplete
   */
  public void done() {
    export.finish(requireComplete());
  }

  private IncrementState requireComplete() {
    if (next == null) {
      throw new IntegrityException(
          CallInfo.of("Bulk FHIR", "increment"),
          "increment " + number + " is not complete; fetch it again",
          null);
    }
    return next;
  }

  @Override
  public String toString() {
    return "ExportIncrement " + number + (next == null ? ", incomplete" : "");
  }
}
