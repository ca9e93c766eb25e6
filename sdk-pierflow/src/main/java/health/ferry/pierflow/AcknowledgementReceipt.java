package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.RawResponse;
import health.ferry.core.internal.json.Json;
import health.ferry.pierflow.internal.SafeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Pierflow answered to an acknowledgement. Immutable.
 *
 * <p>That there is a receipt says that it was taken: a 2xx settles the package, whatever its body
 * says. The seed shows no body at all; newer servers repeat the package's id and tell what came of
 * each mapping.
 */
public final class AcknowledgementReceipt {

  private final String packageId;
  private final @Nullable PackageStatus status;
  private final List<MappingResult> mappings;
  private final String raw;

  private AcknowledgementReceipt(
      String packageId, @Nullable PackageStatus status, List<MappingResult> mappings, String raw) {
    this.packageId = packageId;
    this.status = status;
    this.mappings = List.copyOf(mappings);
    this.raw = raw;
  }

  /**
   * Reads an answer, which may have no body.
   *
   * @param linked what came of the mappings that were sent as links
   */
  static AcknowledgementReceipt of(
      String packageId, RawResponse answer, List<MappingResult> linked) {
    Optional<JsonNode> told = Json.peek(answer);
    List<MappingResult> mappings = new ArrayList<>();
    told.ifPresent(
        body ->
            body.path("patient_id_mappings")
                .valueStream()
                .map(MappingResult::of)
                .forEach(mappings::add));
    mappings.addAll(linked);
    return new AcknowledgementReceipt(
        packageId,
        told.map(body -> body.path("status").textValue())
            .map(word -> PackageStatus.of(word.toUpperCase(Locale.ROOT)))
            .orElse(null),
        mappings,
        answer.text());
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
   * What the package is now.
   *
   * @return {@link PackageStatus#ACKNOWLEDGED}, which this answer spells in lower case, or empty
   *     when the server said nothing
   */
  public Optional<PackageStatus> status() {
    return Optional.ofNullable(status);
  }

  /**
   * What came of each external id.
   *
   * @return as far as the server told: those of the acknowledgement, then those that went as links
   */
  public List<MappingResult> mappings() {
    return mappings;
  }

  /**
   * The answer as received.
   *
   * @return the body, empty when there was none; it may hold external ids
   */
  public String raw() {
    return raw;
  }

  /** Numbers alone. */
  @Override
  public String toString() {
    return "AcknowledgementReceipt of %s: %d of %d mappings linked"
        .formatted(
            SafeName.shown(packageId),
            mappings.stream().filter(MappingResult::isOk).count(),
            mappings.size());
  }
}
