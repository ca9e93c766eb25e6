package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to export: the level, and what to narrow it to. Immutable.
 *
 * <p>Parameters as in Bulk Data Access STU2 to STU4, "Bulk Data Kick-off Request". Those that are
 * not set are not sent, except that {@code allowPartialManifests} also goes to a server that says
 * that it speaks STU3 or later.
 */
public final class ExportRequest {

  /** Whose data: section "Endpoints" of the standard. */
  enum Level {
    SYSTEM,
    PATIENT,
    GROUP
  }

  /** How the kick-off goes over the wire. */
  enum Method {
    GET,
    POST
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

  Builder toBuilder() {
    return new Builder(parts);
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

  /** Ids of patients, without {@code Patient/}. */
  List<String> patientIds() {
    return List.copyOf(parts.patientIds);
  }

  List<String> associatedData() {
    return List.copyOf(parts.associatedData);
  }

  Optional<String> organizedBy() {
    return Optional.ofNullable(parts.organizedBy);
  }

  /** Parameters that only the server knows, in the order given. */
  List<Map.Entry<String, String>> customParameters() {
    return List.copyOf(parts.customParameters);
  }

  boolean isLenient() {
    return parts.lenient;
  }

  boolean separatesExportStatus() {
    return parts.separateStatus;
  }

  /** The method that the caller insists on. */
  Optional<Method> method() {
    return Optional.ofNullable(parts.method);
  }

  /** Collects the parts. Not thread-safe. */
  public static final class Builder {
    final Level level;
    final @Nullable String groupId;
    final Set<String> types = new LinkedHashSet<>();
    final List<String> typeFilters = new ArrayList<>();
    final Set<String> elements = new LinkedHashSet<>();
    final Set<String> patientIds = new LinkedHashSet<>();
    final Set<String> associatedData = new LinkedHashSet<>();
    final List<Map.Entry<String, String>> customParameters = new ArrayList<>();
    final Set<String> unreadableMoments = new LinkedHashSet<>();
    @Nullable String outputFormat;
    @Nullable Instant since;
    @Nullable Instant until;
    @Nullable String organizedBy;
    @Nullable Method method;
    boolean partialManifests;
    boolean lenient;
    boolean separateStatus;

    private Builder(Level level, @Nullable String groupId) {
      this.level = level;
      this.groupId = groupId;
    }

    private Builder(Builder other) {
      this(other.level, other.groupId);
      types.addAll(other.types);
      typeFilters.addAll(other.typeFilters);
      elements.addAll(other.elements);
      patientIds.addAll(other.patientIds);
      associatedData.addAll(other.associatedData);
      customParameters.addAll(other.customParameters);
      outputFormat = other.outputFormat;
      since = other.since;
      until = other.until;
      organizedBy = other.organizedBy;
      method = other.method;
      partialManifests = other.partialManifests;
      lenient = other.lenient;
      separateStatus = other.separateStatus;
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
      unreadableMoments.remove("since");
      this.since = moment;
      return this;
    }

    /**
     * The same with a FHIR instant as text.
     *
     * @param instant with a time zone, such as {@code 2026-01-02T03:04:05.678+01:00}; one that
     *     cannot be read is named by {@link #build()}
     * @return this builder
     */
    public Builder since(String instant) {
      this.since = moment("since", instant);
      return this;
    }

    /**
     * Only resources changed up to this moment, {@code _until}; STU3, ignored by older servers.
     *
     * @param moment the last moment of interest
     * @return this builder
     */
    public Builder until(Instant moment) {
      unreadableMoments.remove("until");
      this.until = moment;
      return this;
    }

    /**
     * The same with a FHIR instant as text.
     *
     * @param instant with a time zone, such as {@code 2026-01-02T03:04:05Z}; one that cannot be
     *     read is named by {@link #build()}
     * @return this builder
     */
    public Builder until(String instant) {
      this.until = moment("until", instant);
      return this;
    }

    private @Nullable Instant moment(String setting, String instant) {
      unreadableMoments.remove(setting);
      try {
        return OffsetDateTime.parse(instant).toInstant();
      } catch (DateTimeException unreadable) {
        unreadableMoments.add(setting);
        return null;
      }
    }

    /**
     * Only these resource types, {@code _type}. By GET they go as one comma list, since many
     * servers read the first value alone.
     *
     * @param names of types that R4 defines, such as {@code Patient} and {@code Observation}
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
     * <p>A comma inside a filter is sent as {@code %2C}, since STU2 servers take a plain one for
     * the end of the filter; a server that does not reads the same search.
     *
     * @param filter such as {@code Observation?category=vital-signs}; its type is one of those
     *     named by {@link #types}, if any are; what shapes the result of a search, such as {@code
     *     _include}, {@code _sort} or {@code _elements}, has no place in it (STU3, "_typeFilter
     *     Query Parameter")
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
     * Only these patients, {@code patient}: all others are left out, also of a group. The kick-off
     * goes by POST, which the standard wants for it; not for {@link #system()}.
     *
     * @param ids the patients' ids on the server, without {@code Patient/}
     * @return this builder
     */
    public Builder patient(String... ids) {
      patientIds.addAll(List.of(ids));
      return this;
    }

    /**
     * What else to bring along, {@code includeAssociatedData}; STU2, experimental.
     *
     * @param sets {@code LatestProvenanceResources}, {@code RelevantProvenanceResources}, or what
     *     the server defines itself, which begins with an underscore
     * @return this builder
     */
    public Builder includeAssociatedData(String... sets) {
      associatedData.addAll(List.of(sets));
      return this;
    }

    /**
     * Files by the resources of one type instead of one type in each file, {@code
     * organizeOutputBy}; STU3.
     *
     * @param resourceType mostly {@code Patient}
     * @return this builder
     */
    public Builder organizeOutputBy(String resourceType) {
      this.organizedBy = resourceType;
      return this;
    }

    /**
     * A parameter that only this server knows. Several values of one name are sent one by one.
     *
     * @param name none that has a method of its own here
     * @param value sent as it is
     * @return this builder
     */
    public Builder parameter(String name, String value) {
      customParameters.add(Map.entry(name, value));
      return this;
    }

    /**
     * Lets the server go on without what it does not support, {@code Prefer: handling=lenient}: it
     * reports that beside the export instead of refusing it.
     *
     * @return this builder
     */
    public Builder lenient() {
      this.lenient = true;
      return this;
    }

    /**
     * Asks for {@code X-Export-Status} on each poll, so that the HTTP status tells of the poll
     * alone, {@code Prefer: separate-export-status}; STU3. A server that does not know it goes on
     * as before.
     *
     * @return this builder
     */
    public Builder separateExportStatus() {
      this.separateStatus = true;
      return this;
    }

    /**
     * Sends the kick-off by GET, come what may. Without this or {@link #byPost()} it goes by POST
     * where patients are listed, where the URL would be longer than 2,000 characters, and where the
     * server says that it speaks STU4, which knows nothing else; otherwise by GET.
     *
     * @return this builder
     */
    public Builder byGet() {
      this.method = Method.GET;
      return this;
    }

    /**
     * Sends the kick-off by POST, its parameters in a {@code Parameters} resource.
     *
     * @return this builder
     */
    public Builder byPost() {
      this.method = Method.POST;
      return this;
    }

    /**
     * Checks and freezes the request.
     *
     * @return the request
     * @throws ConfigurationException naming everything that is wrong
     */
    public ExportRequest build() {
      List<Violation> violations = ExportRequestRules.brokenBy(this);
      if (!violations.isEmpty()) {
        throw new ConfigurationException(CallInfo.of("Bulk FHIR", "export request"), violations);
      }
      return new ExportRequest(new Builder(this));
    }
  }
}
