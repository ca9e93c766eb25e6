package health.ferry.pierflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.journal.DamagedJournalException;
import health.ferry.core.internal.journal.Journal;
import health.ferry.core.internal.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was handed out of one package and what came of it, each line on disk before anyone relies on
 * it. Used by one thread.
 *
 * <p>The file's first line names the package and all of its patients, so that the archive is needed
 * no more once each of them has an outcome. The others are {@code handing}, {@code outcome}, {@code
 * acknowledging}, {@code refused} and {@code acknowledged}, after which nothing comes.
 */
final class ImportJournal implements AutoCloseable {

  private static final String HANDING = "handing";
  private static final String OUTCOME = "outcome";
  private static final String FAILED = "failed";
  private static final String EXTERNAL_ID = "externalId";
  private static final String ACKNOWLEDGING = "acknowledging";
  private static final String IMPORTED_AT = "importedAt";
  private static final String REFUSED = "refused";
  private static final String ACKNOWLEDGED = "acknowledged";
  private static final String CHECKSUM = "checksum";
  private static final String PATIENTS = "patients";

  private static final CallInfo CALL =
      CallInfo.of(PierflowClientBuilder.NAME.partner(), "importAll");

  private final Path file;
  private final ObjectNode owner;

  /** None before the package is begun: one that is refused leaves no file. */
  private @Nullable Journal journal;

  private boolean begun;
  private Optional<String> checksum = Optional.empty();
  private List<String> patients = List.of();
  private final Map<String, PatientOutcome> outcomes = new LinkedHashMap<>();
  private final Set<String> handed = new HashSet<>();
  private @Nullable String body;
  private @Nullable Instant importedAt;
  private boolean acknowledged;
  private List<MappingResult> unlinked = List.of();

  private ImportJournal(Path file, ObjectNode owner) {
    this.file = file;
    this.owner = owner;
  }

  /**
   * Opens the journal of a package, which may not be there yet.
   *
   * @throws InvalidInputException when it is another organization's or server's, or no journal of
   *     an import: the folder is not this import's
   * @throws IntegrityException when it is damaged
   */
  static ImportJournal open(Path file, Origin server, String organizationId, String packageId) {
    ObjectNode owner =
        JsonTree.object()
            .put("journal", "ferry-pierflow-import")
            .put("version", 1)
            .put("server", server.scheme() + "://" + server.host() + ":" + server.port())
            .put("organization", organizationId)
            .put("package", packageId);
    try {
      ImportJournal opened = new ImportJournal(file, owner);
      if (Files.exists(file)) {
        opened.journal = Journal.open(file, opened::remember);
      }
      return opened;
    } catch (DamagedJournalException damaged) {
      throw new IntegrityException(
          CALL, "nobody can know which patients were imported: " + damaged.getMessage(), damaged);
    } catch (IOException unusable) {
      throw foreign("has a journal that cannot be opened: each must be a file that can be written");
    }
  }

  private static InvalidInputException foreign(String rule) {
    return new InvalidInputException(CALL, List.of(new Violation("directory", rule)));
  }

  private void remember(String line) {
    JsonNode entry = tree(line);
    if (!begun) {
      rememberHeader(entry);
    } else if (entry.has(HANDING)) {
      handed.add(entry.path(HANDING).asText());
    } else if (entry.has(OUTCOME)) {
      outcomes.put(entry.path(OUTCOME).asText(), outcome(entry));
    } else if (entry.has(ACKNOWLEDGING)) {
      body = entry.path(ACKNOWLEDGING).asText();
      importedAt = Instant.parse(entry.path(IMPORTED_AT).asText());
    } else if (entry.has(REFUSED)) {
      body = null;
    } else if (entry.has(ACKNOWLEDGED)) {
      acknowledged = true;
      unlinked = entry.path(ACKNOWLEDGED).valueStream().map(MappingResult::of).toList();
    } else {
      throw foreign("has a journal with an entry that this version of Ferry does not know");
    }
  }

  private static JsonNode tree(String line) {
    try {
      return JsonTree.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException notJson) {
      throw foreign("has the journal of something else");
    }
  }

  private void rememberHeader(JsonNode header) {
    if (!header.path("journal").equals(owner.path("journal"))) {
      throw foreign("has the journal of something else");
    }
    if (!header.path("version").equals(owner.path("version"))) {
      throw foreign("has a journal that was written by another version of Ferry");
    }
    if (!owner.properties().stream()
        .allMatch(field -> field.getValue().equals(header.path(field.getKey())))) {
      throw foreign("holds the import of another organization or server; choose another one");
    }
    begun = true;
    checksum = Optional.ofNullable(header.path(CHECKSUM).textValue());
    patients = header.path(PATIENTS).valueStream().map(JsonNode::asText).toList();
  }

  private static PatientOutcome outcome(JsonNode entry) {
    if (entry.has(FAILED)) {
      return PatientOutcome.failed(FailureReason.of(entry.path(FAILED).asText()));
    }
    return entry.has(EXTERNAL_ID)
        ? PatientOutcome.imported(entry.path(EXTERNAL_ID).asText())
        : PatientOutcome.imported();
  }

  String packageId() {
    return owner.path("package").asText();
  }

  /** Whether the package was opened before and its patients are known. */
  boolean isBegun() {
    return begun;
  }

  /** The SHA-256 that the server stated for the archive when it was opened. */
  Optional<String> checksum() {
    return checksum;
  }

  /** All patients of the package, in the order of its manifest. */
  List<String> patients() {
    return patients;
  }

  boolean hasOutcome(String patientId) {
    return outcomes.containsKey(patientId);
  }

  /** Whether each patient has an outcome. */
  boolean isFinished() {
    return begun && outcomes.keySet().containsAll(patients);
  }

  Map<String, PatientOutcome> outcomes() {
    return outcomes;
  }

  /** Whether the patient was given to a handler, by this run or an earlier one. */
  boolean wasHanded(String patientId) {
    return handed.contains(patientId);
  }

  /** The acknowledgement that was begun, and that nobody knows to have been refused. */
  Optional<String> body() {
    return Optional.ofNullable(body);
  }

  boolean isAcknowledged() {
    return acknowledged;
  }

  /** The external ids that Pierflow did not take. */
  List<MappingResult> unlinked() {
    return unlinked;
  }

  /**
   * Insists that an archive is the one whose patients have outcomes here.
   *
   * @throws IntegrityException when the server states another checksum than it did
   */
  void requireSame(Optional<String> stated) {
    if (checksum.isPresent()
        && stated.isPresent()
        && !stated.get().equalsIgnoreCase(checksum.get())) {
      throw changed();
    }
  }

  private static IntegrityException changed() {
    return new IntegrityException(
        CALL,
        "the server has another package under the id of one whose import was begun; to begin anew,"
            + " move its .journal and .zip away",
        null);
  }

  /**
   * Writes down whose outcomes follow, or insists that they are the same patients as before.
   *
   * @throws IntegrityException when the package has changed since
   */
  void begin(Optional<String> stated, List<String> patientIds) {
    requireSame(stated);
    if (begun) {
      if (!patients.equals(patientIds)) {
        throw changed();
      }
      return;
    }
    ObjectNode header = owner.deepCopy();
    stated.ifPresent(hash -> header.put(CHECKSUM, hash));
    ArrayNode ids = header.putArray(PATIENTS);
    patientIds.forEach(ids::add);
    write(header);
    begun = true;
    checksum = stated;
    patients = List.copyOf(patientIds);
  }

  /** Writes down that a patient is about to be given to the handler. */
  void handing(String patientId) {
    write(JsonTree.object().put(HANDING, patientId));
    handed.add(patientId);
  }

  /** Writes down what came of it. */
  void outcome(String patientId, PatientOutcome outcome) {
    ObjectNode entry = JsonTree.object().put(OUTCOME, patientId);
    outcome.failure().ifPresent(reason -> entry.put(FAILED, reason.value()));
    outcome.externalId().ifPresent(id -> entry.put(EXTERNAL_ID, id));
    write(entry);
    outcomes.put(patientId, outcome);
  }

  /** When the import was done, as the first body said it. */
  Optional<Instant> importedAt() {
    return Optional.ofNullable(importedAt);
  }

  /** Writes down the body that is about to be sent. */
  void acknowledging(String json, Instant at) {
    write(JsonTree.object().put(ACKNOWLEDGING, json).put(IMPORTED_AT, at.toString()));
    body = json;
    importedAt = at;
  }

  /** Writes down that the server will not have that body; the next one may differ. */
  void refused(int status) {
    write(JsonTree.object().put(REFUSED, status));
    body = null;
  }

  /** Writes down that the package is settled. */
  void acknowledged(List<MappingResult> refusedLinks) {
    ObjectNode entry = JsonTree.object();
    ArrayNode links = entry.putArray(ACKNOWLEDGED);
    refusedLinks.forEach(link -> links.add(link.json()));
    write(entry);
    acknowledged = true;
    unlinked = List.copyOf(refusedLinks);
  }

  private void write(ObjectNode entry) {
    try {
      if (journal == null) {
        journal = Journal.open(file, this::remember);
      }
      journal.append(new String(JsonTree.write(entry), StandardCharsets.UTF_8));
    } catch (IOException disk) {
      throw new UncheckedIOException("The import's journal cannot be written", disk);
    }
  }

  @Override
  public void close() {
    try {
      if (journal != null) {
        journal.close();
      }
    } catch (IOException disk) {
      throw new UncheckedIOException("The import's journal cannot be closed", disk);
    }
  }
}
