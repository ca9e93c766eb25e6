package health.ferry.hami;

import health.ferry.hami.internal.bundling.BundlingTally;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What became of an input: how many bundles it takes, and what was left out, changed or worth a
 * look. Everything but {@link #repairs()} is known before the first bundle; repairs are counted as
 * bundles are made.
 *
 * <p>Immutable. Holds numbers, paths and types, and no value of a patient.
 */
public final class BundlingReport {

  private final long bundles;
  private final long resources;
  private final Map<String, Long> dropped;
  private final List<BundlingNote> repairs;
  private final List<BundlingNote> warnings;

  BundlingReport(BundlingTally tally) {
    this.bundles = tally.bundles();
    this.resources = tally.resources();
    this.dropped = Collections.unmodifiableMap(new TreeMap<>(tally.unsupported()));
    this.repairs = notes(tally.repairs());
    this.warnings = notes(tally.warnings());
  }

  private static List<BundlingNote> notes(Map<BundlingTally.Remark, Long> counted) {
    return counted.entrySet().stream()
        .map(each -> new BundlingNote(each.getKey().path(), each.getKey().rule(), each.getValue()))
        .toList();
  }

  /**
   * How many bundles there are.
   *
   * @return all of them, given already or not
   */
  public long bundles() {
    return bundles;
  }

  /**
   * How many resources go out.
   *
   * @return each counted once, however many bundles repeat it
   */
  public long resources() {
    return resources;
  }

  /**
   * What was left out because HAMI does not take it.
   *
   * @return resource types with their numbers; empty without {@link
   *     TransactionBundles#dropUnsupported()}
   */
  public Map<String, Long> dropped() {
    return dropped;
  }

  /**
   * Dates that were brought into HAMI's form.
   *
   * @return how many of each kind and place, by path
   */
  public List<BundlingNote> repairs() {
    return repairs;
  }

  /**
   * What is sent all the same, and may surprise: references that lead to none of the inputs,
   * bundles without a Patient or without anything clinical.
   *
   * @return how many of each kind and place, by path
   */
  public List<BundlingNote> warnings() {
    return warnings;
  }

  @Override
  public String toString() {
    return "BundlingReport: %d bundles of %d resources, dropped %s, repairs %s, warnings %s"
        .formatted(bundles, resources, dropped, repairs, warnings);
  }
}
