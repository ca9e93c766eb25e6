package health.ferry.core.internal.transfer;

import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.Progress;
import health.ferry.core.Progress.Kind;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.retry.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;

/**
 * One file from a URL to its final name: resumed where it broke off, verified, and whole before
 * anyone sees it.
 *
 * <p>The {@code .part} beside the final name holds the bytes as they travelled; it stays when the
 * download fails, so that the next try, in this process or another, goes on from there.
 */
public final class FileDownload {

  private final Transport transport;
  private final DownloadRequest request;
  private final CallContext call;

  private FileDownload(Transport transport, DownloadRequest request, CallContext call) {
    this.transport = transport;
    this.request = request;
    this.call = call;
  }

  /**
   * Fetches the file. Its content is forced to disk, its name is not: whoever lets the server
   * forget the file calls {@link AtomicFile#keepNames} before, once for all files of a folder.
   *
   * @return the size of the decoded file in bytes
   * @throws FerryException when the file cannot be had; a part of it may be kept
   * @throws UncheckedIOException when the disk fails
   */
  public static long fetch(Transport transport, DownloadRequest request, CallContext call) {
    FileDownload download = new FileDownload(transport, request, call);
    Path part = part(request.target());
    try (PartFile file =
        PartFile.open(part, request.identity(), request.check(), transport.time())) {
      return download.run(file);
    } catch (ClosedByInterruptException interrupted) {
      throw call.interrupted(interrupted);
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for " + request.fileName(), disk);
    }
  }

  /**
   * Tidies up beside a file that has its final name: a process that ended just then leaves a part.
   *
   * @throws UncheckedIOException when the disk fails
   */
  public static void forgetPartOf(Path target) {
    try {
      PartFile.forget(part(target));
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed beside " + target.getFileName(), disk);
    }
  }

  /**
   * How many bytes are kept beside the final name, for the next try.
   *
   * @throws UncheckedIOException when the disk fails
   */
  public static long keptBytes(Path target) {
    try {
      return Files.exists(part(target)) ? Files.size(part(target)) : 0;
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed beside " + target.getFileName(), disk);
    }
  }

  private static Path part(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private long run(PartFile part) throws IOException {
    tell(Kind.FILE_STARTED, part);
    if (!publishedFromDisk(part)) {
      fetchAsLongAsItGrows(part);
    }
    tell(Kind.FILE_DONE, part);
    return Files.size(request.target());
  }

  /** A process that ended between the last byte and the final name leaves a whole part. */
  private boolean publishedFromDisk(PartFile part) throws IOException {
    if (!part.isWhole()) {
      return false;
    }
    try {
      new Completion(request, call.info()).verifyAndPublish(part);
      return true;
    } catch (IntegrityException broken) {
      return false;
    }
  }

  /** Attempts are counted anew after each that brought bytes: a large file may break off often. */
  private void fetchAsLongAsItGrows(PartFile part) {
    DownloadRequest from = request;
    while (true) {
      long before = part.size();
      try {
        Optional<HttpUrl> link =
            transport.send(exchange(from, part), call.step(call.info().operation()));
        if (link.isEmpty()) {
          return;
        }
        from = from.linkedAt(link.get());
      } catch (FerryException failure) {
        boolean broken = FailureKind.of(failure) == FailureKind.TRUNCATED;
        if (!broken || part.size() <= before) {
          throw failure;
        }
      }
    }
  }

  private static Exchange<Optional<HttpUrl>> exchange(DownloadRequest from, PartFile part) {
    return Exchange.of("GET", from.url(), "(file)", new PartReader(part, from))
        .header("Accept", from.accept())
        .eachAttempt(next -> fromWhereItBrokeOff(next, part))
        .accept(200, 206, 416)
        .credential(from.credential())
        .errors(from.errors())
        .retry(from.retries())
        .stream()
        .build();
  }

  private static Request.Builder fromWhereItBrokeOff(Request.Builder next, PartFile part) {
    String etag = part.etag();
    if (part.size() == 0 || etag == null) {
      return next.header("Accept-Encoding", "gzip");
    }
    return next.header("Accept-Encoding", part.encoding().headerValue())
        .header("Range", "bytes=" + part.size() + "-")
        .header("If-Range", etag);
  }

  private void tell(Kind kind, PartFile part) {
    request
        .listener()
        .onProgress(Progress.ofFile(kind, request.fileName(), part.size(), part.total()));
  }
}
