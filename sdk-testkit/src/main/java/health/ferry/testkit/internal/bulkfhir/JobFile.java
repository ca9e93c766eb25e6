package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.Body;
import health.ferry.testkit.ExtraFile;

/**
 * A file of a job.
 *
 * @param section where the manifest lists it
 * @param type the manifest entry's type
 * @param path on the file server
 * @param body the content
 * @param text the content of an exported file, for the control server; empty for an extra file
 * @param count resources; negative when not told
 */
record JobFile(
    ExtraFile.Section section, String type, String path, Body body, String text, long count) {

  /** Whether the control server can serve it under a relative URL. */
  boolean canBeRelative() {
    return !text.isEmpty();
  }
}
