package health.ferry.pierflow;

import java.time.LocalDate;
import java.util.List;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Which of a patient's resources to get; the Patient is always among them. Immutable; each method
 * returns a copy.
 */
public final class FhirFilter {

  private static final FhirFilter NONE = new FhirFilter(List.of(), null, null);

  private final List<String> types;
  private final @Nullable LocalDate from;
  private final @Nullable LocalDate to;

  private FhirFilter(List<String> types, @Nullable LocalDate from, @Nullable LocalDate to) {
    this.types = types;
    this.from = from;
    this.to = to;
  }

  /**
   * All resources.
   *
   * @return a filter to change by its methods
   */
  public static FhirFilter none() {
    return NONE;
  }

  /**
   * Resources of these types alone.
   *
   * @param newTypes such as {@code Observation}
   * @return a copy with these types
   */
  public FhirFilter include(String... newTypes) {
    return new FhirFilter(List.of(newTypes), from, to);
  }

  /**
   * Encounters that began on this day or later, and those that say no day. Observations and the
   * like stay, also those of an encounter that is left out.
   *
   * @param day the first day
   * @return a copy with this day
   */
  public FhirFilter from(LocalDate day) {
    return new FhirFilter(types, day, to);
  }

  /**
   * Encounters that began on this day or earlier; the server compares texts, so one that began at a
   * stated time of this very day is left out.
   *
   * @param day the last day
   * @return a copy with this day
   */
  public FhirFilter to(LocalDate day) {
    return new FhirFilter(types, from, day);
  }

  void addTo(HttpUrl.Builder url) {
    if (!types.isEmpty()) {
      url.addQueryParameter("include", String.join(",", types));
    }
    if (from != null) {
      url.addQueryParameter("date_from", from.toString());
    }
    if (to != null) {
      url.addQueryParameter("date_to", to.toString());
    }
  }

  @Override
  public String toString() {
    return "FhirFilter[types=%s, from=%s, to=%s]".formatted(types, from, to);
  }
}
