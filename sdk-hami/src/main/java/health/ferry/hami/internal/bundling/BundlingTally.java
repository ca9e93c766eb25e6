package health.ferry.hami.internal.bundling;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a bundling counts while it goes on: numbers by place and by rule. Thread-safe. */
public final class BundlingTally {

  private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");

  /**
   * What is counted.
   *
   * @param path a FHIR path without indexes
   * @param rule what is so there
   */
  public record Remark(String path, String rule) implements Comparable<Remark> {
    @Override
    public int compareTo(Remark other) {
      int byPath = path.compareTo(other.path);
      return byPath != 0 ? byPath : rule.compareTo(other.rule);
    }
  }

  private final SortedMap<String, Long> unsupported = new TreeMap<>();
  private final SortedMap<Remark, Long> warnings = new TreeMap<>();
  private final SortedMap<Remark, Long> repairs = new TreeMap<>();
  private long bundles;
  private long resources;

  synchronized void unsupported(String type) {
    unsupported.merge(type, 1L, Long::sum);
  }

  synchronized void warn(String path, String rule) {
    warnings.merge(new Remark(withoutIndexes(path), rule), 1L, Long::sum);
  }

  synchronized void repaired(String path, String what) {
    repairs.merge(new Remark(withoutIndexes(path), what), 1L, Long::sum);
  }

  private static String withoutIndexes(String path) {
    return path.indexOf('[') < 0 ? path : INDEX.matcher(path).replaceAll("");
  }

  synchronized void packed(long moreBundles, long moreResources) {
    bundles += moreBundles;
    resources += moreResources;
  }

  /** Resources of types that HAMI does not take. */
  public synchronized Map<String, Long> unsupported() {
    return new TreeMap<>(unsupported);
  }

  /** What the caller should know. */
  public synchronized Map<Remark, Long> warnings() {
    return new TreeMap<>(warnings);
  }

  /** Dates that were changed. */
  public synchronized Map<Remark, Long> repairs() {
    return new TreeMap<>(repairs);
  }

  /** How many bundles there are in all. */
  public synchronized long bundles() {
    return bundles;
  }

  /** How many resources are sent, each counted once. */
  public synchronized long resources() {
    return resources;
  }
}
