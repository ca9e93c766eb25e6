package health.ferry.pierflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.JsonTree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a batch of scans; nothing must be (fact sheet, 3.7). Immutable; each method
 * returns a copy.
 */
public final class ScanBatchOptions {

  private static final int LONGEST_LABEL = 120;
  private static final ScanBatchOptions NONE = new ScanBatchOptions(null, null, null, Map.of());

  private final @Nullable String label;
  private final @Nullable String siteId;
  private final @Nullable IngestPriority priority;
  private final Map<String, String> metadata;

  private ScanBatchOptions(
      @Nullable String label,
      @Nullable String siteId,
      @Nullable IngestPriority priority,
      Map<String, String> metadata) {
    this.label = label;
    this.siteId = siteId;
    this.priority = priority;
    this.metadata = metadata;
  }

  /**
   * Nothing.
   *
   * @return options to change by their methods
   */
  public static ScanBatchOptions none() {
    return NONE;
  }

  /**
   * A name for people.
   *
   * @param text such as {@code Ward A, June}; at most 120 characters
   * @return a copy with this label
   * @throws ConfigurationException when the text is blank or too long
   */
  public ScanBatchOptions label(String text) {
    WireText.problem(text, LONGEST_LABEL)
        .ifPresent(
            rule -> {
              throw new ConfigurationException(
                  CallInfo.of(PierflowClientBuilder.NAME.partner(), "scan batch"),
                  List.of(new Violation("label", rule)));
            });
    return new ScanBatchOptions(text, siteId, priority, metadata);
  }

  /**
   * Where it was scanned.
   *
   * @param id one of the organization's sites
   * @return a copy with this site
   */
  public ScanBatchOptions site(String id) {
    return new ScanBatchOptions(label, id, priority, metadata);
  }

  /**
   * How soon it is to be read.
   *
   * @param newPriority {@link IngestPriority#NORMAL} where none is given
   * @return a copy with this priority
   */
  public ScanBatchOptions priority(IngestPriority newPriority) {
    return new ScanBatchOptions(label, siteId, newPriority, metadata);
  }

  /**
   * The caller's own notes, which Pierflow keeps beside the batch.
   *
   * @param notes texts by name; copied
   * @return a copy with these notes
   */
  public ScanBatchOptions metadata(Map<String, String> notes) {
    return new ScanBatchOptions(label, siteId, priority, Map.copyOf(notes));
  }

  /** Without what is not known: the server refuses nulls (fact sheet, 3.3). */
  ObjectNode json(String organizationId) {
    ObjectNode json = JsonTree.object().put("organizationId", organizationId);
    if (label != null) {
      json.put("label", label);
    }
    if (siteId != null) {
      json.put("siteId", siteId);
    }
    if (priority != null) {
      json.put("priority", priority.value());
    }
    if (!metadata.isEmpty()) {
      ObjectNode notes = json.putObject("metadata");
      metadata.forEach(notes::put);
    }
    return json;
  }

  @Override
  public String toString() {
    return "ScanBatchOptions";
  }
}
