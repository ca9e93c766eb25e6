package health.ferry.pierflow;

/** How far the import of one package has come. Immutable; numbers and a package's id, no data. */
public final class ImportProgress {

  private final String packageId;
  private final int patients;
  private final int imported;
  private final int failed;

  private ImportProgress(String packageId, int patients, int imported, int failed) {
    this.packageId = packageId;
    this.patients = patients;
    this.imported = imported;
    this.failed = failed;
  }

  /** Where the package stands. */
  static ImportProgress of(ImportJournal journal) {
    int failed =
        (int)
            journal.outcomes().values().stream()
                .filter(outcome -> outcome.failure().isPresent())
                .count();
    return new ImportProgress(
        journal.packageId(), journal.patients().size(), journal.outcomes().size() - failed, failed);
  }

  /** Where a package stands that nobody has opened. */
  static ImportProgress of(ImportPackage listed) {
    return new ImportProgress(listed.id(), listed.patientCount().orElse(0), 0, 0);
  }

  /** One patient on. */
  ImportProgress after(PatientOutcome outcome) {
    return outcome.failure().isPresent()
        ? new ImportProgress(packageId, patients, imported, failed + 1)
        : new ImportProgress(packageId, patients, imported + 1, failed);
  }

  /**
   * The package.
   *
   * @return its id
   */
  public String packageId() {
    return packageId;
  }

  /**
   * How many patients the package has.
   *
   * @return a number of patients
   */
  public int patients() {
    return patients;
  }

  /**
   * How many are imported, by this run and those before it.
   *
   * @return a number of patients
   */
  public int imported() {
    return imported;
  }

  /**
   * How many have failed, in this run and those before it.
   *
   * @return a number of patients
   */
  public int failed() {
    return failed;
  }

  @Override
  public String toString() {
    return "ImportProgress of %s: %d imported, %d failed of %d patients"
        .formatted(packageId, imported, failed, patients);
  }
}
