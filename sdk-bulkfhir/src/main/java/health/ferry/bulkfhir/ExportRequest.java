package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to export: the level, and what to narrow it to. Immutable.
 *
 * <p>Parameters as in Bulk Data Access STU2 and STU3, "Bulk Data Kick-off Request". Those that are
 * not set are not sent.
 */
public final class ExportRequest {

  /** Whose data: section "Endpoints" of the standard. */
  enum Level {
    SYSTEM,
    PATIENT,
    GROUP
  }

  private final Builder parts;

  private ExportRequest(Builder parts) {
    this.parts = parts;
  }

  /**
   * Everything that the server has: {@code [base]/$export}.
   *
   * @return a builder
   */
  public static Builder system() {
    return new Builder(Level.SYSTEM, null);
  }

  /**
   * All patients: {@code [base]/Patient/$export}.
   *
   * @return a builder
   */
  public static Builder patients() {
    return new Builder(Level.PATIENT, null);
  }

  /**
   * The patients of a group: {@code [base]/Group/[id]/$export}.
   *
   * @param groupId the group's id: letters, digits, {@code - . _}, at most 128
   * @return a builder
   */
  public static Builder group(String groupId) {
    return new Builder(Level.GROUP, groupId);
  }

  Level level() {
    return parts.level;
  }

  Optional<String> groupId() {
    return Optional.ofNullable(parts.groupId);
  }

  Optional<String> outputFormat() {
    return Optional.ofNullable(parts.outputFormat);
  }

  Optional<Instant> since() {
    return Optional.ofNullable(parts.since);
  }

  Optional<Instant> until() {
    return Optional.ofNullable(parts.until);
  }

  List<String> types() {
    return List.copyOf(parts.types);
  }

  List<String> typeFilters() {
    return List.copyOf(parts.typeFilters);
  }

  List<String> elements() {
    return List.copyOf(parts.elements);
  }

  boolean allowsPartialManifests() {
    return parts.partialManifests;
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {
    private final Level level;
    private final @Nullable String groupId;
    private final Set<String> types = new LinkedHashSet<>();
    private final List<String> typeFilters = new ArrayList<>();
    private final Set<String> elements = new LinkedHashSet<>();
    private @Nullable String outputFormat;
    private @Nullable Instant since;
    private @Nullable Instant until;
    private boolean partialManifests;

    private Builder(Level level, @Nullable String groupId) {
      this.level = level;
      this.groupId = groupId;
    }

    private Builder(Builder other) {
      this(other.level, other.groupId);
      types.addAll(other.types);
      typeFilters.addAll(other.typeFilters);
      elements.addAll(other.elements);
      outputFormat = other.outputFormat;
      since = other.since;
      until = other.until;
      partialManifests = other.partialManifests;
    }

    /**
     * The format to ask for, {@code _outputFormat}. Without it a server answers NDJSON.
     *
     * @param format {@code application/fhir+ndjson}, {@code application/ndjson} or {@code ndjson}
     * @return this builder
     */
    public Builder outputFormat(String format) {
      this.outputFormat = format;
      return this;
    }

    /**
     * Only resources changed after this moment, {@code _since}.
     *
     * @param moment usually the {@link ExportResult#transactionTime()} of the last export
     * @return this builder
     */
    public Builder since(Instant moment) {
      this.since = moment;
      return this;
    }

    /**
     * Only resources changed up to this moment, {@code _until}; STU3, ignored by older servers.
     *
     * @param moment the last moment of interest
     * @return this builder
     */
    public Builder until(Instant moment) {
      this.until = moment;
      return this;
    }

    /**
     * Only these resource types, {@code _type}. Sent as one comma list, since many servers read the
     * first value alone.
     *
     * @param names such as {@code Patient} and {@code Observation}
     * @return this builder
     */
    public Builder types(String... names) {
      types.addAll(List.of(names));
      return this;
    }

    /**
     * Only resources of a type that a search would find, {@code _typeFilter}. Several filters for
     * one type add up. Servers may ignore it.
     *
     * @param filter such as {@code Observation?category=vital-signs}
     * @return this builder
     */
    public Builder typeFilter(String filter) {
      typeFilters.add(filter);
      return this;
    }

    /**
     * Only these elements, {@code _elements}. Servers may ignore it.
     *
     * @param names such as {@code id} or {@code Patient.name}
     * @return this builder
     */
    public Builder elements(String... names) {
      elements.addAll(List.of(names));
      return this;
    }

    /**
     * Lets the server answer with several manifests, {@code allowPartialManifests}; STU3.
     *
     * @return this builder
     */
    public Builder allowPartialManifests() {
      this.partialManifests = true;
      return this;
    }

    /**
     * Checks and freezes the request.
     *
     * @return the request
     * @throws ConfigurationException naming everything that is wrong
     */
    public ExportRequest build() {
      List<Violation> violations = violations();
      if (!violations.isEmpty()) {
        throw new ConfigurationException(CallInfo.of("Bulk FHIR", "export request"), violations);
      }
      return new ExportRequest(new Builder(this));
    }

    private List<Violation> violations() {
      List<Violation> found = new ArrayList<>();
      if (groupId != null && !groupId.matches("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,128}")) {
        found.add(new Violation("group", "must be an id of letters, digits, '-', '.' and '_'"));
      }
      if (outputFormat != null
          && !Set.of("application/fhir+ndjson", "application/ndjson", "ndjson")
              .contains(outputFormat)) {
        found.add(new Violation("outputFormat", "must be application/fhir+ndjson or a synonym"));
      }
      requireAll("types", types, "[A-Z][A-Za-z]{1,63}", "must be names like Patient", found);
      requireAll(
          "typeFilter",
          typeFilters,
          "[A-Z][A-Za-z]{1,63}\\?[^\\s]+",
          "must read Type?search, as in Observation?category=vital-signs",
          found);
      requireAll(
          "elements",
          elements,
          "([A-Z][A-Za-z]{1,63}\\.)?[a-z][A-Za-z]{0,63}",
          "must be element names, with or without their type",
          found);
      if (since != null && until != null && until.isBefore(since)) {
        found.add(new Violation("until", "must not lie before since"));
      }
      return found;
    }

    private static void requireAll(
        String setting,
        Iterable<String> values,
        String pattern,
        String rule,
        List<Violation> found) {
      for (String value : values) {
        if (!value.matches(pattern)) {
          found.add(new Violation(setting, rule));
          return;
        }
      }
    }
  }
}
