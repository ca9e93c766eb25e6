package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.Body;
import health.ferry.testkit.ExtraFile;
import org.jspecify.annotations.Nullable;

/**
 * A file of a job.
 *
 * @param section where the manifest lists it
 * @param type the manifest entry's type; null when the output is organized by another one
 * @param path on the file server
 * @param body the content
 * @param text the content of an exported file, for the control server; empty for an extra file
 * @param count resources; negative when not told
 * @param continuesInFile the name of the file in which the last block goes on; null for none
 */
record JobFile(
    ExtraFile.Section section,
    @Nullable String type,
    String path,
    Body body,
    String text,
    long count,
    @Nullable String continuesInFile) {

  /** An exported file of one type. */
  static JobFile exported(
      ExtraFile.Section section, String type, String path, String text, long count) {
    return new JobFile(section, type, path, Body.of(text), text, count, null);
  }

  /** A file that a test has added. */
  static JobFile extra(ExtraFile file, String path) {
    return new JobFile(file.section(), file.type(), path, file.body(), "", file.count(), null);
  }

  /** Whether the control server can serve it under a relative URL. */
  boolean canBeRelative() {
    return !text.isEmpty();
  }
}
