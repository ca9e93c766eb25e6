package health.ferry.pierflow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a scanned document; nothing must be (fact sheet, 3.7). Immutable; each method
 * returns a copy.
 */
public final class DocumentOptions {

  private static final int LONGEST_FILENAME = 255;
  private static final int LONGEST_KEY = 120;
  private static final int MOST_PAGES = 200;

  private static final DocumentOptions NONE = new DocumentOptions(null, null, null, null, 0, null);

  private final @Nullable DocumentType type;
  private final @Nullable IngestPriority priority;
  private final @Nullable String filename;
  private final @Nullable String chartFolderId;
  private final int pages;
  private final @Nullable String idempotencyKey;

  private DocumentOptions(
      @Nullable DocumentType type,
      @Nullable IngestPriority priority,
      @Nullable String filename,
      @Nullable String chartFolderId,
      int pages,
      @Nullable String idempotencyKey) {
    this.type = type;
    this.priority = priority;
    this.filename = filename;
    this.chartFolderId = chartFolderId;
    this.pages = pages;
    this.idempotencyKey = idempotencyKey;
  }

  /**
   * Nothing.
   *
   * @return options to change by their methods
   */
  public static DocumentOptions none() {
    return NONE;
  }

  /**
   * What kind of document it is.
   *
   * @param newType {@link DocumentType#AUTO} where none is given
   * @return a copy with this kind
   */
  public DocumentOptions type(DocumentType newType) {
    return new DocumentOptions(newType, priority, filename, chartFolderId, pages, idempotencyKey);
  }

  /**
   * How soon it is to be read.
   *
   * @param newPriority that of the batch where none is given
   * @return a copy with this priority
   */
  public DocumentOptions priority(IngestPriority newPriority) {
    return new DocumentOptions(type, newPriority, filename, chartFolderId, pages, idempotencyKey);
  }

  /**
   * What reviewers see it called. The name of the file on disk is not sent by itself.
   *
   * @param name 1 to 255 characters
   * @return a copy with this name
   * @throws ConfigurationException when the name is blank or too long
   */
  public DocumentOptions filename(String name) {
    String text = text("filename", name, LONGEST_FILENAME);
    return new DocumentOptions(type, priority, text, chartFolderId, pages, idempotencyKey);
  }

  /**
   * The patient's folder that it belongs to; folders are made in Pierflow's portal alone.
   *
   * @param id of a folder that is open
   * @return a copy with this folder
   */
  public DocumentOptions chartFolder(String id) {
    return new DocumentOptions(type, priority, filename, id, pages, idempotencyKey);
  }

  /**
   * How many pages it has.
   *
   * @param count 1 to 200
   * @return a copy with this count
   * @throws ConfigurationException when the count is out of range
   */
  public DocumentOptions pages(int count) {
    if (count < 1 || count > MOST_PAGES) {
      throw refused("pages", "must be from 1 to " + MOST_PAGES);
    }
    return new DocumentOptions(type, priority, filename, chartFolderId, count, idempotencyKey);
  }

  /**
   * What makes a second submission of the same document the same job, also from another process. A
   * call makes up a key of its own where none is given, which covers its own attempts alone.
   *
   * @param key 1 to 120 characters, one for each document of an organization, such as the scanner's
   *     number of it
   * @return a copy with this key
   * @throws ConfigurationException when the key is blank or too long
   */
  public DocumentOptions idempotencyKey(String key) {
    String text = text("idempotencyKey", key, LONGEST_KEY);
    return new DocumentOptions(type, priority, filename, chartFolderId, pages, text);
  }

  private static String text(String setting, String text, int longest) {
    WireText.problem(text, longest)
        .ifPresent(
            rule -> {
              throw refused(setting, rule);
            });
    return text;
  }

  private static ConfigurationException refused(String setting, String rule) {
    return new ConfigurationException(
        CallInfo.of(PierflowClientBuilder.NAME.partner(), "document"),
        List.of(new Violation(setting, rule)));
  }

  Optional<String> idempotencyKey() {
    return Optional.ofNullable(idempotencyKey);
  }

  /** Adds what is known: the server refuses nulls (fact sheet, 3.3). */
  void addTo(ObjectNode document) {
    put(document, "chartFolderId", chartFolderId);
    put(document, "filename", filename);
    put(document, "documentType", type);
    put(document, "priority", priority);
    if (pages > 0) {
      document.put("pageCount", pages);
    }
  }

  private static void put(ObjectNode document, String name, @Nullable Object value) {
    if (value != null) {
      document.put(name, value.toString());
    }
  }

  @Override
  public String toString() {
    return "DocumentOptions";
  }
}
