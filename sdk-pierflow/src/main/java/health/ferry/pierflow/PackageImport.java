package health.ferry.pierflow;

import health.ferry.core.ApiException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.poll.Listeners;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * One package's way: downloaded, verified, handed out, acknowledged. What its journal says was done
 * is not done again.
 */
final class PackageImport {

  private final PierflowServer server;
  private final Executor threads;
  private final ImportDirectory directory;
  private final String organizationId;
  private final HandingOut handingOut;
  private final ImportOptions options;
  private final CallContext call;

  PackageImport(
      PierflowServer server,
      Executor threads,
      ImportDirectory directory,
      String organizationId,
      PatientHandler handler,
      ImportOptions options,
      CallContext call) {
    this.server = server;
    this.threads = threads;
    this.directory = directory;
    this.organizationId = organizationId;
    this.handingOut = new HandingOut(handler, options, call);
    this.options = options;
    this.call = call;
  }

  /**
   * Goes as far as it can.
   *
   * @param pkg as listed, or with its id alone when it is listed no more
   * @param warnings is told of files that the manifest lacks
   */
  void run(ImportPackage pkg, ImportJournal journal, Consumer<String> warnings) {
    journal.requireSame(pkg.checksumSha256());
    if (!journal.isFinished()) {
      requireReference(pkg.id());
      try (PackageArchive archive = open(pkg, journal)) {
        ManifestDoubts.of(pkg, archive, organizationId).forEach(warnings);
        journal.begin(
            pkg.checksumSha256(),
            archive.manifest().patients().stream().map(ManifestPatient::patientId).toList());
        directory.keepNames();
        handingOut.run(archive, journal);
      }
    }
    if (options.isAcknowledging()) {
      acknowledge(journal);
    }
  }

  /** Before anybody is handed out: afterwards nothing could be acknowledged with it. */
  private void requireReference(String packageId) {
    options
        .reference(packageId)
        .flatMap(AcknowledgementBuilder::referenceProblem)
        .ifPresent(
            rule -> {
              throw new InvalidInputException(
                  call.info(), List.of(new Violation("reference", rule)));
            });
  }

  private PackageArchive open(ImportPackage pkg, ImportJournal journal) {
    return PackageArchive.open(
        archive(pkg, journal), options.opening(), threads, call.cancellation());
  }

  /** The ZIP; where no checksum tells whether the one that is there is right, it came whole. */
  private Path archive(ImportPackage pkg, ImportJournal journal) {
    Path there = directory.archive(pkg.id());
    Optional<String> checksum = pkg.checksumSha256().or(journal::checksum);
    if (journal.isBegun() && checksum.isEmpty() && Files.exists(there)) {
      return there;
    }
    ImportPackage wanted =
        pkg.checksumSha256().isPresent()
            ? pkg
            : ImportPackage.named(pkg.id(), checksum.orElse(null));
    return PackageDownload.fetch(
        server,
        wanted,
        directory.path(),
        options.opening().limits(),
        new Listeners(options.downloads()),
        call);
  }

  private void acknowledge(ImportJournal journal) {
    Instant importedAt = journal.importedAt().orElseGet(call.time()::now);
    Acknowledgement acknowledgement = acknowledgement(journal, importedAt);
    if (journal.body().isEmpty()) {
      journal.acknowledging(acknowledgement.json(), importedAt);
    }
    try {
      AcknowledgementReceipt receipt =
          new AcknowledgementCall(server).send(acknowledgement, call.step("acknowledge"));
      journal.acknowledged(receipt.mappings().stream().filter(mapping -> !mapping.isOk()).toList());
    } catch (ApiException refused) {
      if (isFinal(refused)) {
        journal.refused(refused.status());
      }
      throw refused;
    }
    if (!options.isKeepingArchives()) {
      directory.discardArchive(journal.packageId());
    }
  }

  /** The same each time, unless the options were corrected after a refusal. */
  private Acknowledgement acknowledgement(ImportJournal journal, Instant importedAt) {
    AcknowledgementBuilder builder =
        Acknowledgement.builder(journal.packageId(), organizationId, journal.patients())
            .importedAt(importedAt);
    journal.outcomes().forEach((patient, outcome) -> outcome.tell(builder, patient));
    options.externalSystem().ifPresent(builder::externalSystem);
    options.reference(journal.packageId()).ifPresent(builder::reference);
    Acknowledgement fresh = builder.build();
    return journal.body().map(fresh::again).orElse(fresh);
  }

  /** Whether the server has judged the body itself; the same one would be refused again. */
  private static boolean isFinal(ApiException refused) {
    return switch (refused.status()) {
      case 400, 404, 409, 410, 413, 422 -> true;
      default -> false;
    };
  }
}
