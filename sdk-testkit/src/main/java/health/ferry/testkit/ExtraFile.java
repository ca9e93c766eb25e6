package health.ferry.testkit;

/**
 * A file that every job's manifest lists besides the exported data.
 *
 * @param section where the manifest lists it
 * @param type the manifest entry's {@code type}
 * @param body the file
 * @param count the manifest entry's {@code count}; negative to leave it out
 */
public record ExtraFile(Section section, String type, Body body, long count) {

  /** A list of the manifest. */
  public enum Section {
    /** {@code output}. */
    OUTPUT,
    /** {@code deleted}: transaction Bundles of DELETE requests. */
    DELETED,
    /** {@code error}: OperationOutcomes. */
    ERROR
  }
}
