package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.PierflowOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The organization's patients, the packages that were built of them, and those who wait for the
 * next one. A record lies in one package at most; a failed patient's records are taken out again.
 * Thread-safe.
 */
public final class Packages {

  private static final int FIRST_PLACEHOLDER = 1_000_000;

  private final Supplier<PierflowOptions> options;
  private final Clock clock;
  private final Map<String, PatientFile> patients = new LinkedHashMap<>();
  private final Map<String, PatientFile> waiting = new LinkedHashMap<>();
  private final Map<String, HeldPackage> packages = new LinkedHashMap<>();

  Packages(Supplier<PierflowOptions> options, Clock clock) {
    this.options = options;
    this.clock = clock;
  }

  /** Puts validated patients in line for the next package. */
  public synchronized void add(List<PatientFile> more) {
    for (PatientFile patient : more) {
      patients.put(patient.patientId(), patient);
      waiting.put(patient.patientId(), patient);
    }
  }

  /** Runs build cycles until nobody waits. */
  public synchronized List<HeldPackage> build() {
    List<PatientFile> line = new ArrayList<>(waiting.values());
    waiting.clear();
    List<HeldPackage> built = new ArrayList<>();
    int size = options.get().patientsPerPackage();
    for (int from = 0; from < line.size(); from += size) {
      built.add(build(line.subList(from, Math.min(from + size, line.size()))));
    }
    return built;
  }

  /** Builds a package of these patients alone, whoever waits. */
  public synchronized HeldPackage build(List<PatientFile> members) {
    Instant now = clock.instant();
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (PackageZip zip = new PackageZip(archive, PackageZip.LEVEL)) {
      for (PatientFile patient : members) {
        patients.put(patient.patientId(), patient);
        zip.add(patient);
      }
      zip.finish(
          new PackageHead(options.get().organizationId(), options.get().organizationName(), now));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PackageContent content = PackageContent.of(archive.toByteArray());
    int records = members.stream().mapToInt(PatientFile::recordCount).sum();
    return keep(
        Optional.empty(),
        List.copyOf(members),
        members.size(),
        records,
        content,
        Optional.of(content.sha256()),
        Optional.of(content.sha256()));
  }

  /** Serves given bytes as a package. */
  public synchronized HeldPackage serve(
      Optional<String> id,
      PackageContent content,
      Optional<String> checksum,
      Optional<String> linkChecksum,
      int patientCount,
      int recordCount) {
    return keep(id, List.of(), patientCount, recordCount, content, checksum, linkChecksum);
  }

  private HeldPackage keep(
      Optional<String> given,
      List<PatientFile> members,
      int patientCount,
      int recordCount,
      PackageContent content,
      Optional<String> checksum,
      Optional<String> linkChecksum) {
    Instant now = clock.instant();
    String id = given.orElseGet(() -> PierflowIds.of("pkg_", packages.size() + 1));
    HeldPackage made =
        new HeldPackage(
            id,
            now,
            now.plus(options.get().retention()),
            members,
            patientCount,
            recordCount,
            content,
            checksum,
            linkChecksum,
            false);
    packages.put(id, made);
    return made;
  }

  /** A package by its id. */
  public synchronized Optional<HeldPackage> find(String id) {
    return Optional.ofNullable(packages.get(id));
  }

  /** All packages, oldest first. */
  public synchronized List<HeldPackage> all() {
    return List.copyOf(packages.values());
  }

  /** A patient by its id. */
  synchronized Optional<PatientFile> patient(String id) {
    return Optional.ofNullable(patients.get(id));
  }

  /** All patients, in the order in which they came. */
  synchronized List<PatientFile> patients() {
    return List.copyOf(patients.values());
  }

  /** A patient by its number. */
  synchronized Optional<PatientFile> patientOfNumber(String mrn) {
    return patients.values().stream().filter(one -> one.hasNumber(mrn)).findFirst();
  }

  /** Keeps a place for a patient of whom no record has come yet. */
  synchronized PatientFile addPlaceholder(String mrn, Optional<String> name) {
    String id = PierflowIds.canonical(FIRST_PLACEHOLDER + patients.size());
    PatientFile made = PatientBundle.placeholder(id, mrn, name.orElse("Unknown"));
    patients.put(id, made);
    return made;
  }

  /** Whether a patient's records lie in a package that was acknowledged. */
  synchronized boolean isImported(String patientId) {
    return !waiting.containsKey(patientId)
        && packages.values().stream()
            .filter(HeldPackage::acknowledged)
            .flatMap(held -> held.patients().stream())
            .anyMatch(one -> one.patientId().equals(patientId));
  }

  /** Those who wait for the next package. */
  public synchronized List<String> waiting() {
    return List.copyOf(waiting.keySet());
  }

  /**
   * Takes the failed patients' records out for the next package; the others' count as imported, and
   * nothing brings them back. Neither the state nor the time of the package matters (fact sheet,
   * 3.3).
   */
  synchronized void acknowledge(HeldPackage held, List<String> failedIds) {
    HeldPackage now = packages.getOrDefault(held.id(), held);
    List<PatientFile> failed =
        now.patients().stream().filter(one -> failedIds.contains(one.patientId())).toList();
    failed.forEach(patient -> waiting.put(patient.patientId(), patient));
    packages.put(now.id(), now.acknowledgedWithout(failed));
  }
}
