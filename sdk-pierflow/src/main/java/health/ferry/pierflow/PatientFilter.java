package health.ferry.pierflow;

import java.time.Instant;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Which patients to list. Immutable; each method returns a copy.
 *
 * <p>The documentation has these filters, and the server as of June 2026 passes over all of them
 * (fact sheet, 3.5): count on no patient being left out.
 */
public final class PatientFilter {

  private static final PatientFilter NONE = new PatientFilter(null, null, null);

  private final @Nullable String status;
  private final @Nullable Instant updatedSince;
  private final @Nullable String search;

  private PatientFilter(
      @Nullable String status, @Nullable Instant updatedSince, @Nullable String search) {
    this.status = status;
    this.updatedSince = updatedSince;
    this.search = search;
  }

  /**
   * What the server lists by itself: by the documentation those with validated records.
   *
   * @return a filter to change by its methods
   */
  public static PatientFilter none() {
    return NONE;
  }

  /**
   * Those whose records have come so far.
   *
   * @param newStatus {@link RecordStatus#VALIDATED} or {@link RecordStatus#IMPORTED}
   * @return a copy with this status
   */
  public PatientFilter status(RecordStatus newStatus) {
    return new PatientFilter(newStatus.value(), updatedSince, search);
  }

  /**
   * However far their records have come.
   *
   * @return a copy for all statuses
   */
  public PatientFilter anyStatus() {
    return new PatientFilter("ALL", updatedSince, search);
  }

  /**
   * Those whose records have changed since.
   *
   * @param time the earliest change
   * @return a copy with this time
   */
  public PatientFilter updatedSince(Instant time) {
    return new PatientFilter(status, time, search);
  }

  /**
   * Those whose name or hospital number is like a text, as the server judges it.
   *
   * @param text goes into the URL, which other machines on the way may log
   * @return a copy with this text
   */
  public PatientFilter search(String text) {
    return new PatientFilter(status, updatedSince, text);
  }

  void addTo(HttpUrl.Builder url) {
    add(url, "status", status);
    add(url, "updated_since", updatedSince);
    add(url, "search", search);
  }

  private static void add(HttpUrl.Builder url, String name, @Nullable Object value) {
    if (value != null) {
      url.addQueryParameter(name, value.toString());
    }
  }

  /** Whether there is a search, and not for whom. */
  @Override
  public String toString() {
    return "PatientFilter[status=%s, updatedSince=%s%s]"
        .formatted(status, updatedSince, search == null ? "" : ", search");
  }
}
