package health.ferry.pierflow;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a package says of itself in {@code manifest.json}. Immutable.
 *
 * <p>Its list of patients is what is handed out, and what an acknowledgement must account for; all
 * else may be absent.
 */
public final class PackageManifest {

  private final Map<String, String> members;
  private final List<ManifestPatient> patients;
  private final byte[] raw;

  /**
   * @param members the scalar values by their names
   * @param raw kept, not copied
   */
  PackageManifest(Map<String, String> members, List<ManifestPatient> patients, byte[] raw) {
    this.members = Map.copyOf(members);
    this.patients = List.copyOf(patients);
    this.raw = raw;
  }

  /**
   * What the patients' files are.
   *
   * @return {@code FHIR_R4_JSON}; empty when the manifest does not say
   */
  public Optional<String> packageFormat() {
    return text("package_format");
  }

  /**
   * Whose patients they are.
   *
   * @return Pierflow's id of the organization; empty when the manifest does not say
   */
  public Optional<String> organizationId() {
    return text("organization_id");
  }

  /**
   * What the organization is called.
   *
   * @return its name; empty when the manifest does not say
   */
  public Optional<String> organizationName() {
    return text("organization_name");
  }

  /**
   * For whom the package was built.
   *
   * @return Pierflow's id of the partner; empty when the manifest does not say
   */
  public Optional<String> partnerId() {
    return text("partner_id");
  }

  /**
   * When the package was built.
   *
   * @return the instant; empty when the manifest does not say, or not as ISO-8601
   */
  public Optional<Instant> builtAt() {
    return text("built_at").flatMap(PackageManifest::instant);
  }

  /**
   * How many patients the package says it has.
   *
   * @return the number as stated, which {@link #patients()} need not have; empty when the manifest
   *     does not say
   */
  public OptionalInt patientCount() {
    return number(count(members.get("patient_count")));
  }

  /**
   * How many records the package was made of.
   *
   * @return the number as stated, which may be greater than the sum over the patients; empty when
   *     the manifest does not say
   */
  public OptionalInt recordCount() {
    return number(count(members.get("record_count")));
  }

  /**
   * The patients, in the order of the manifest.
   *
   * @return may be empty
   */
  public List<ManifestPatient> patients() {
    return patients;
  }

  /**
   * The manifest as it was received. It may hold patients' hospital numbers.
   *
   * @return JSON, decoded at each call
   */
  public String raw() {
    return new String(raw, StandardCharsets.UTF_8);
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(members.get(name));
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException other) {
      return Optional.empty();
    }
  }

  /** A count, or null where none is stated. */
  static @Nullable Integer count(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,9}") ? Integer.valueOf(text) : null;
  }

  private static OptionalInt number(@Nullable Integer count) {
    return count == null ? OptionalInt.empty() : OptionalInt.of(count);
  }

  @Override
  public String toString() {
    return "PackageManifest of " + patients.size() + " patients";
  }
}
