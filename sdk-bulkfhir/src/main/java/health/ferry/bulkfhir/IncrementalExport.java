package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ExportRequest.Level;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.OperationFailedException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.Violation;
import health.ferry.fhir.NdjsonIterator;
import health.ferry.fhir.RawResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The same export again and again, each time only what has changed since the last.
 *
 * <p>A small state file keeps the server's time of the last increment and the ids of its patients.
 * The next one asks {@code _since} that time for what has changed, everything for patients who have
 * come since (whose older data no {@code _since} would bring), and tells what was deleted and who
 * has left: the standard's "Group membership" pattern (STU3, {@code _since}). Where the server
 * takes no patient lists, everything is asked for when a patient has come.
 *
 * <p>The folder holds the state and one subfolder per increment, which may be removed once the
 * increment is {@linkplain ExportIncrement#done() done}. Interrupted runs go on where they ended; a
 * job that failed on the server is followed by another at the next fetch. Thread-safe as far as two
 * threads do not use one folder.
 *
 * <pre>{@code
 * IncrementalExport nightly = client.incremental(ExportRequest.group("g1").build(), folder);
 * ExportIncrement increment = nightly.fetch();
 * increment.applyTo(store);
 * }</pre>
 */
public final class IncrementalExport {

  private static final CallInfo CALL = CallInfo.of("Bulk FHIR", "increment");

  /** How servers refuse a kick-off by POST, or one with a patient list. */
  private static final Set<Integer> NO_PATIENT_LISTS = Set.of(400, 404, 405, 415, 422, 501);

  private static final Logger log = LoggerFactory.getLogger(IncrementalExport.class);

  private final BulkFhirClient client;
  private final ExportPreset preset;
  private final HttpUrl base;
  private final ExportRequest request;
  private final Path folder;
  private final UnaryOperator<ExportOptions> options;

  IncrementalExport(
      BulkFhirClient client,
      ExportPreset preset,
      HttpUrl base,
      ExportRequest request,
      Path folder,
      UnaryOperator<ExportOptions> options) {
    if (request.since().isPresent() || !request.patientIds().isEmpty()) {
      throw refused("request", "must set neither since nor patients: the increments decide both");
    }
    this.client = client;
    this.preset = preset;
    this.base = base;
    this.request = request;
    this.folder = folder;
    this.options = options;
  }

  /**
   * Fetches the next increment: everything the first time, then what has changed. Until it is
   * {@linkplain ExportIncrement#done() done}, the same increment is fetched again, and what has
   * come is not fetched twice.
   *
   * @return the increment, complete or not
   * @throws InvalidInputException when the folder belongs to another export
   * @throws health.ferry.core.FerryException when an export cannot be had at all
   */
  public ExportIncrement fetch() {
    Optional<IncrementState> last = last();
    int number = last.map(IncrementState::number).orElse(0) + 1;
    Path run = folder.resolve("increment-" + number);
    Optional<ExportResult> members =
        hasPatients() ? Optional.of(export(members(), run, "members")) : none();
    if (members.isPresent() && !members.get().isComplete()) {
      return new ExportIncrement(this, number, List.of(members.get()), Set.of(), Set.of(), null);
    }
    Set<String> patients = members.map(IncrementalExport::ids).orElse(Set.of());
    Set<String> known = last.map(IncrementState::patients).orElse(Set.of());
    Set<String> joined = IncrementState.without(patients, known);
    Set<String> asked = last.isPresent() ? joined : Set.of();
    List<ExportResult> data = data(run, last.map(IncrementState::since).orElse(null), asked);
    return new ExportIncrement(
        this,
        number,
        data,
        joined,
        IncrementState.without(known, patients),
        next(number, patients, Stream.concat(members.stream(), data.stream()).toList()));
  }

  private static Optional<ExportResult> none() {
    return Optional.empty();
  }

  /** What is new of patients who have come, and what has changed of the others. */
  private List<ExportResult> data(Path run, @Nullable Instant since, Set<String> joined) {
    Optional<ExportResult> ofJoined = joined.isEmpty() ? none() : ofPatients(joined, run);
    if (since == null || (!joined.isEmpty() && ofJoined.isEmpty())) {
      return List.of(export(request, run, "all"));
    }
    ExportResult changed = export(request.toBuilder().since(since).build(), run, "changed");
    return Stream.concat(ofJoined.stream(), Stream.of(changed)).toList();
  }

  /** Everything of some patients; empty where the server takes no list of them. */
  private Optional<ExportResult> ofPatients(Set<String> ids, Path run) {
    if (!preset.takesPost()) {
      return none();
    }
    try {
      ExportRequest ofThem = request.toBuilder().patient(ids.toArray(String[]::new)).build();
      return Optional.of(export(ofThem, run, "joined"));
    } catch (ApiException refused) {
      if (refused.isRetryable() || !NO_PATIENT_LISTS.contains(refused.status())) {
        throw refused;
      }
      log.warn("The server takes no list of patients ({}): everything is asked", refused.status());
      return none();
    }
  }

  /** The state after this increment, null while something of it is missing. */
  private @Nullable IncrementState next(
      int number, Set<String> patients, List<ExportResult> results) {
    if (!results.stream().allMatch(ExportResult::isComplete)) {
      return null;
    }
    // The earliest of the times: what changes between two of the exports comes again next time.
    Instant time =
        results.stream()
            .map(result -> result.transactionTime().orElseThrow(IncrementalExport::noTime))
            .min(Instant::compareTo)
            .orElseThrow();
    return new IncrementState(identity(), number, time, patients);
  }

  private static UnexpectedResponseException noTime() {
    return new UnexpectedResponseException(
        CALL, "the manifest has no transactionTime that the next increment could begin at", null);
  }

  private boolean hasPatients() {
    return request.level() != Level.SYSTEM;
  }

  /** Who is in the group now: no more than the ids, where the server can tell them alone. */
  private ExportRequest members() {
    ExportRequest.Builder members =
        request.level() == Level.GROUP
            ? ExportRequest.group(request.groupId().orElseThrow())
            : ExportRequest.patients();
    ExportRequest whole = members.types("Patient").build();
    ExportRequest idsAlone = whole.toBuilder().elements("id").build();
    return preset.objections(idsAlone).isEmpty() ? idsAlone : whole;
  }

  private ExportResult export(ExportRequest wanted, Path run, String name) {
    Path directory = run.resolve(name);
    try {
      return client.export(wanted, directory, options);
    } catch (OperationFailedException | NotFoundException dead) {
      // Nothing comes of this job any more: the next fetch begins with another.
      forget(directory);
      throw dead;
    }
  }

  private static void forget(Path directory) {
    try (Stream<Path> below = Files.walk(directory)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException disk) {
      throw new UncheckedIOException("The folder of a dead job cannot be removed", disk);
    }
  }

  private static Set<String> ids(ExportResult members) {
    Set<String> ids = new TreeSet<>();
    try (NdjsonIterator<RawResource> patients = members.readRaw("Patient")) {
      patients.forEachRemaining(patient -> patient.id().ifPresent(ids::add));
    }
    return ids;
  }

  private Optional<IncrementState> last() {
    try {
      Optional<IncrementState> state = IncrementState.read(stateFile());
      if (state.isPresent() && !state.get().request().equals(identity())) {
        throw refused("folder", "holds the increments of another export");
      }
      return state;
    } catch (IOException | DateTimeException unreadable) {
      throw refused("folder", "holds a state that cannot be read; choose an empty one");
    }
  }

  /** From now on the increment is known; the next one begins where it ends. */
  void finish(IncrementState state) {
    try {
      Files.createDirectories(folder);
      state.save(stateFile());
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for the increments' state", disk);
    }
  }

  private Path stateFile() {
    return folder.resolve("increments.json");
  }

  private String identity() {
    return KickOffUrl.identity(base, request);
  }

  private static InvalidInputException refused(String path, String rule) {
    return new InvalidInputException(CALL, List.of(new Violation(path, rule)));
  }
}
