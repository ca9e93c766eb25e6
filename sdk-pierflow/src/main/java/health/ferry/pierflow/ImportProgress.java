package health.ferry.pierflow;

/** How far the import of one package has come. Immutable; numbers and a package's id, no data. */
public final class ImportProgress {

  private final String packageId;
  private final int patients;
  private final int imported;
  private final int failed;

  ImportProgress(String packageId, int patients, int imported, int failed) {
    this.packageId = packageId;
    this.patients = patients;
    this.imported = imported;
    this.failed = failed;
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
