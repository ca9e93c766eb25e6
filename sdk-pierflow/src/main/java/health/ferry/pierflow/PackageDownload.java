package health.ferry.pierflow;

import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.ProgressListener;
import health.ferry.core.UnsafeArchiveException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.core.internal.transfer.AtomicFile;
import health.ferry.core.internal.transfer.DownloadRequest;
import health.ferry.core.internal.transfer.FileDownload;
import health.ferry.pierflow.internal.SafeName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one package's ZIP into a folder, whole and with the right checksum or not at all. What
 * broke off is taken up where it ended, also by a later process, and also behind a new link.
 */
final class PackageDownload {

  private static final Logger log = LoggerFactory.getLogger(PackageDownload.class);

  private static final String ACCEPT =
      "application/zip, application/octet-stream, application/json";

  private final PierflowServer server;
  private final ImportPackage pkg;
  private final Path target;
  private final PackageChecksum checksum;
  private final long mostBytes;
  private final ProgressListener listener;
  private final CallContext call;

  private PackageDownload(
      PierflowServer server,
      ImportPackage pkg,
      Path target,
      long mostBytes,
      ProgressListener listener,
      CallContext call) {
    this.server = server;
    this.pkg = pkg;
    this.target = target;
    this.checksum = new PackageChecksum(pkg.checksumSha256(), call.info());
    this.mostBytes = mostBytes;
    this.listener = listener;
    this.call = call;
  }

  /**
   * Fetches the package, unless it is there already with the checksum that the list states.
   *
   * @param directory made when it is not there; the only one that writes there is this call
   * @param limits of which the one of the archive counts, encoded in transit or not
   * @return the ZIP, {@code <package id>.zip}, its name kept on disk
   * @throws UnsafeArchiveException when the ZIP is larger; nothing is kept of it
   * @throws InvalidInputException when the id cannot be a file's name there
   */
  static Path fetch(
      PierflowServer server,
      ImportPackage pkg,
      Path directory,
      PackageLimits limits,
      ProgressListener listener,
      CallContext call) {
    CallContext download = call.step("download");
    try {
      Files.createDirectories(directory);
      Path target = target(pkg.id(), directory, download.info());
      new PackageDownload(server, pkg, target, limits.archiveBytes(), listener, download).fetch();
      AtomicFile.keepNames(directory);
      return target;
    } catch (ClosedByInterruptException interrupted) {
      throw download.interrupted(interrupted);
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for " + SafeName.shown(pkg.id()), disk);
    }
  }

  private static Path target(String id, Path directory, CallInfo call) throws IOException {
    if (!SafeName.isSafe(id)) {
      throw refused(call, SafeName.RULE);
    }
    String name = id + ".zip";
    try (Stream<Path> files = Files.list(directory)) {
      if (files
          .map(file -> file.getFileName().toString())
          .anyMatch(other -> other.equalsIgnoreCase(name) && !other.equals(name))) {
        throw refused(call, "must differ in more than case from a package that is there already");
      }
    }
    return directory.resolve(name);
  }

  private static InvalidInputException refused(CallInfo call, String rule) {
    return new InvalidInputException(call, List.of(new Violation("packageId", rule)));
  }

  private void fetch() throws IOException {
    if (checksum.fits(target)) {
      FileDownload.forgetPartOf(target);
    } else {
      fetchUntilRight();
    }
  }

  /** A wrong file comes once more; an expired link is renewed as long as that brings bytes. */
  private void fetchUntilRight() {
    boolean wrongBefore = false;
    long keptBefore = -1;
    while (true) {
      DownloadLink link = new DownloadLink(server, checksum);
      try {
        FileDownload.fetch(server.transport(), request(link), call);
        return;
      } catch (IntegrityException wrong) {
        if (wrongBefore) {
          throw wrong;
        }
        log.warn("{}: package {} is fetched once more: it came wrong", call.info(), pkg.id());
        wrongBefore = true;
        keptBefore = -1;
      } catch (ApiException refused) {
        if (!link.isExpiredBy(refused)) {
          throw refused;
        }
        long kept = FileDownload.keptBytes(target);
        if (kept <= keptBefore) {
          throw DownloadErrors.linkRefused(refused);
        }
        keptBefore = kept;
      }
    }
  }

  private DownloadRequest request(DownloadLink link) {
    return new DownloadRequest(
        DownloadUrl.of(pkg, server, call),
        CredentialScope.OWN_ORIGIN,
        ACCEPT,
        target,
        server.root() + " " + pkg.id(),
        () -> new SizeLimit(mostBytes, checksum.get(), call.info()),
        new DownloadErrors(),
        listener,
        RetryClass.LARGE_DOWNLOAD,
        link);
  }
}
