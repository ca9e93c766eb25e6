package health.ferry.bulkfhir;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the manifest says of a file of resources.
 *
 * @param fileName what errors call the file
 * @param type of every resource, empty when the manifest does not say
 * @param count how many resources there are, empty when the manifest does not say
 * @param organized whether the file is blocks of resources around one each, such as a patient, with
 *     a header line before each block (STU3 {@code outputOrganizedBy}); any type may stand there
 * @param maxLineBytes the longest line allowed, without its end
 * @param deletions whether it holds bundles of deletions, of which some servers count the entries
 */
record NdjsonPromise(
    String fileName,
    Optional<String> type,
    OptionalLong count,
    boolean organized,
    int maxLineBytes,
    boolean deletions) {

  NdjsonPromise(
      String fileName,
      Optional<String> type,
      OptionalLong count,
      boolean organized,
      int maxLineBytes) {
    this(fileName, type, count, organized, maxLineBytes, false);
  }
}
