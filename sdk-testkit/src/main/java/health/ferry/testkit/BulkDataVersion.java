package health.ferry.testkit;

/**
 * An edition of HL7's Bulk Data Access guide, by which the server writes its manifests and reads
 * kick-offs.
 */
public enum BulkDataVersion {
  /** 1.0.x: no {@code deleted} in the manifest. */
  STU1("1.0.1"),
  /** 2.0.0, what most live servers speak. */
  STU2("2.0.0"),
  /**
   * 3.0.0: {@code extension} as a JSON object, partial manifests with {@code link.next}, {@code
   * organizeOutputBy}, {@code separate-export-status}.
   */
  STU3("3.0.0"),
  /**
   * 4.0.0: kick-off by POST alone and without comma lists; in the manifest {@code outcome} in place
   * of {@code error}, no {@code request}, {@code extension} as a list.
   */
  STU4("4.0.0");

  private final String number;

  BulkDataVersion(String number) {
    this.number = number;
  }

  /** {@return the guide's version, such as {@code 3.0.0}} */
  public String number() {
    return number;
  }

  /**
   * Whether this edition has what another one brought.
   *
   * @param other the edition that brought it
   * @return true for the same and for a later one
   */
  public boolean isAtLeast(BulkDataVersion other) {
    return compareTo(other) >= 0;
  }
}
