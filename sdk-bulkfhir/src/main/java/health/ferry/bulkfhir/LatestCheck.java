package health.ferry.bulkfhir;

import java.util.function.Supplier;

/** Gives each try at a file a new check; the last one given has seen the whole file. */
final class LatestCheck implements Supplier<NdjsonCheck> {

  private final Supplier<NdjsonCheck> checks;
  private NdjsonCheck latest;

  LatestCheck(Supplier<NdjsonCheck> checks) {
    this.checks = checks;
    this.latest = checks.get();
  }

  @Override
  public NdjsonCheck get() {
    latest = checks.get();
    return latest;
  }

  /** How many resources the file holds, once it is whole. */
  long resources() {
    return latest.resources();
  }
}
