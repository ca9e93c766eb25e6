package health.ferry.pierflow;

import health.ferry.core.AuthenticationException;
import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.internal.call.CallContext;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run over an organization's packages: those that were begun and are not acknowledged, also
 * when the server lists them no more, then those that are READY, oldest first. A bad package does
 * not stop the others. Used once.
 */
final class ImportRun {

  private static final Logger log = LoggerFactory.getLogger(ImportRun.class);

  /** Fact sheet, 3.1: a list shows so many, the newest, and has no pages. */
  private static final int LONGEST_LIST = 50;

  private final PierflowServer server;
  private final ImportDirectory directory;
  private final String organizationId;
  private final PackageImport packageImport;
  private final ImportOptions options;
  private final CallContext call;

  private final Map<String, PackageReport> reports = new LinkedHashMap<>();
  private final List<String> begun = new ArrayList<>();
  private final Set<String> tried = new HashSet<>();
  private final List<String> warnings = new ArrayList<>();
  private @Nullable FerryException stopped;
  private @Nullable UncheckedIOException diskFailure;

  ImportRun(
      PierflowServer server,
      ImportDirectory directory,
      String organizationId,
      PackageImport packageImport,
      ImportOptions options,
      CallContext call) {
    this.server = server;
    this.directory = directory;
    this.organizationId = organizationId;
    this.packageImport = packageImport;
    this.options = options;
    this.call = call;
  }

  /** Goes through all packages; what was done is told also when the disk ends it. */
  ImportReport run() {
    try {
      directory.journaled().forEach(this::look);
      importAll();
    } catch (UncheckedIOException disk) {
      diskFailure = disk;
    }
    return new ImportReport(List.copyOf(reports.values()), warnings, stopped);
  }

  private void importAll() {
    try {
      List<ImportPackage> listed = list();
      warnOfListed(listed);
      importBegun(listed);
      while (importReady(listed) && listed.size() >= LONGEST_LIST) {
        listed = list();
      }
      if (listed.size() >= LONGEST_LIST && stopped == null) {
        warnings.add(
            "Pierflow lists no more than %d packages; older ones come once these are acknowledged"
                .formatted(LONGEST_LIST));
      }
    } catch (FerryException noList) {
      stopped = noList;
    }
  }

  /** What ended the run before its time, and is no package's failure. */
  @Nullable UncheckedIOException diskFailure() {
    return diskFailure;
  }

  /** Sees from a journal where its package stands. */
  private void look(String packageId) {
    try (ImportJournal journal = directory.journal(packageId)) {
      if (journal.isAcknowledged() && !options.isKeepingArchives()) {
        directory.discardArchive(packageId);
      }
      if (journal.isBegun()) {
        reports.put(packageId, report(journal, journal.isAcknowledged(), null));
      }
      if (journal.isBegun() && !journal.isAcknowledged()) {
        begun.add(packageId);
      }
    } catch (IntegrityException damaged) {
      failed(ImportPackage.named(packageId), damaged);
      tried.add(packageId);
    }
  }

  private List<ImportPackage> list() {
    List<ImportPackage> listed =
        new ArrayList<>(
            PackageList.fetch(
                server, organizationId, PackageStatus.READY, call.step("listPackages")));
    listed.removeIf(pkg -> !pkg.status().equals(PackageStatus.READY));
    Collections.reverse(listed);
    listed.sort(Comparator.comparing(pkg -> pkg.createdAt().orElse(Instant.MIN)));
    return listed;
  }

  private void warnOfListed(List<ImportPackage> listed) {
    for (ImportPackage pkg : listed) {
      PackageReport known = reports.get(pkg.id());
      if (known != null && known.isAcknowledged()) {
        warn("Package %s was acknowledged, and the server still lists it as READY", pkg.id());
      }
    }
  }

  private void importBegun(List<ImportPackage> listed) {
    Map<String, ImportPackage> known = new LinkedHashMap<>();
    begun.forEach(id -> known.put(id, ImportPackage.named(id)));
    listed.forEach(pkg -> known.replace(pkg.id(), pkg));
    known.values().forEach(this::importOne);
  }

  /** Whether any of them was new to this run. */
  private boolean importReady(List<ImportPackage> listed) {
    int before = tried.size();
    for (ImportPackage pkg : listed) {
      PackageReport known = reports.get(pkg.id());
      if (known == null || !known.isAcknowledged()) {
        importOne(pkg);
      }
    }
    return tried.size() > before && stopped == null;
  }

  private void importOne(ImportPackage pkg) {
    if (stopped != null || !tried.add(pkg.id())) {
      return;
    }
    Optional<InvalidInputException> unusable = directory.problem(pkg.id(), call.info());
    if (unusable.isPresent()) {
      failed(pkg, unusable.get());
      return;
    }
    try (ImportJournal journal = directory.journal(pkg.id())) {
      importOne(pkg, journal);
    } catch (IntegrityException damaged) {
      failed(pkg, damaged);
    }
  }

  private void importOne(ImportPackage pkg, ImportJournal journal) {
    @Nullable FerryException failure = null;
    try {
      packageImport.run(pkg, journal, warnings::add);
    } catch (FerryException failed) {
      failure = failed;
      log.warn("Package {} is not done: {}", pkg.id(), failed.getMessage());
      if (endsTheRun(failed)) {
        stopped = failed;
      }
    } catch (UncheckedIOException disk) {
      if (journal.isBegun()) {
        reports.put(pkg.id(), report(journal, false, null));
      }
      throw disk;
    }
    if (!journal.isAcknowledged() && pkg.isExpiringSoon()) {
      warn("Package %s expires within a day, and its records may not be rebuilt", pkg.id());
    }
    if (journal.isBegun()) {
      reports.put(pkg.id(), report(journal, false, failure));
    } else if (failure != null) {
      failed(pkg, failure);
    }
  }

  /**
   * A key that is refused for one package, or options that are wrong, would be so for the next. A
   * 403 may be about one package alone (fact sheet, 3.2).
   */
  private boolean endsTheRun(FerryException failure) {
    return failure instanceof CancelledException
        || failure instanceof AuthenticationException
        || failure instanceof InvalidInputException
        || (failure instanceof DeadlineExceededException && call.deadline().hasPassed());
  }

  private static PackageReport report(
      ImportJournal journal, boolean earlier, @Nullable FerryException failure) {
    return new PackageReport(
        ImportProgress.of(journal), journal.isAcknowledged(), earlier, journal.unlinked(), failure);
  }

  private void failed(ImportPackage pkg, FerryException failure) {
    reports.put(
        pkg.id(), new PackageReport(ImportProgress.of(pkg), false, false, List.of(), failure));
  }

  private void warn(String sentence, String packageId) {
    warnings.add(sentence.formatted(packageId));
  }
}
