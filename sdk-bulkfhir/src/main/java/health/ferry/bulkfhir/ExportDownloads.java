package health.ferry.bulkfhir;

import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.Progress;
import health.ferry.core.ProgressListener;
import health.ferry.core.internal.async.SharedWork;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.transfer.DownloadRequest;
import health.ferry.core.internal.transfer.FileDownload;
import health.ferry.fhir.internal.OutcomeErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/** Fetches the files of a plan that are not there yet, several at a time. */
final class ExportDownloads {

  // F4: HAPI wraps a file into a Binary for any other FHIR type.
  private static final String NDJSON = "application/fhir+ndjson";

  /** What storage answers when a link has had its time. */
  private static final Set<Integer> EXPIRED = Set.of(401, 403, 404, 410);

  private final Transport transport;
  private final Executor threads;
  private final HttpUrl base;
  private final ExportDirectory directory;
  private final String jobKey;
  private final int maxLineBytes;
  private final ExportLog exportLog;
  private final ProgressListener listener;

  ExportDownloads(
      Transport transport,
      Executor threads,
      HttpUrl base,
      ExportDirectory directory,
      String jobKey,
      int maxLineBytes,
      ExportLog exportLog,
      ProgressListener listener) {
    this.transport = transport;
    this.threads = threads;
    this.base = base;
    this.directory = directory;
    this.jobKey = jobKey;
    this.maxLineBytes = maxLineBytes;
    this.exportLog = exportLog;
    this.listener = listener;
  }

  /** Whether fresh links may help what failed so. */
  static boolean isExpiredLink(FailedFile failed) {
    return failed.cause() instanceof ApiException api && EXPIRED.contains(api.status());
  }

  /**
   * Fetches what is missing. One file that cannot be had leaves the others.
   *
   * @throws CancelledException when the caller gave up
   */
  Outcome fetchMissing(FilePlan plan, int parallel, CallContext call) {
    Outcome outcome = new Outcome(new ConcurrentHashMap<>(), new ConcurrentLinkedQueue<>());
    List<Runnable> tasks = new ArrayList<>();
    plan.sources()
        .forEach(
            (planned, source) -> {
              if (directory.isWaiting(planned)) {
                tasks.add(attempt(planned, outcome, () -> directory.count(planned)));
              } else if (directory.has(planned)) {
                directory.tidyUp(planned);
              } else {
                tasks.add(attempt(planned, outcome, () -> fetch(planned, source, call)));
              }
            });
    SharedWork.run(tasks, parallel, threads, call.cancellation());
    directory.keepNames(plan.sources().keySet());
    return outcome;
  }

  /**
   * What a round of downloads brought.
   *
   * @param counts how many resources of which type each file has that came, by its name
   * @param failures what could not be had
   */
  record Outcome(Map<String, Map<String, Long>> counts, Queue<FailedFile> failures) {}

  /** Gets one file whole, hands it over, and notes what came of it. */
  private Runnable attempt(
      PlannedFile planned, Outcome outcome, Supplier<Map<String, Long>> whole) {
    return () -> {
      try {
        Map<String, Long> counts = whole.get();
        directory.handOver(planned, counts);
        outcome.counts().put(planned.name(), counts);
      } catch (CancelledException cancelled) {
        throw cancelled;
      } catch (FerryException | UncheckedIOException failed) {
        outcome.failures().add(new FailedFile(planned.name(), failed));
        listener.onProgress(Progress.ofFile(Progress.Kind.FILE_FAILED, planned.name(), 0, -1));
      }
    };
  }

  /** Fetches one file and returns how many resources of which type it has. */
  private Map<String, Long> fetch(PlannedFile planned, ManifestFile source, CallContext call) {
    CallContext download = call.step("download");
    makeFolder(directory.file(planned));
    FileUrl url = FileUrl.of(source, base, transport.urls(), download.info());
    NdjsonChecks checks =
        new NdjsonChecks(planned.promise(source.count(), maxLineBytes), download.info());
    exportLog.downloadRequest(url.url(), source);
    try {
      long bytes = fetch(planned, source, url, checks, download);
      exportLog.downloadComplete(url.url(), checks.resources(), bytes);
    } catch (FerryException failed) {
      exportLog.downloadError(url.url(), failed);
      throw failed;
    }
    return checks.counts();
  }

  private long fetch(
      PlannedFile planned,
      ManifestFile source,
      FileUrl url,
      NdjsonChecks checks,
      CallContext download) {
    try {
      return FileDownload.fetch(transport, request(planned, url, checks), download);
    } catch (AuthenticationException withoutToken) {
      FileUrl asked = url.asked(source, base).orElseThrow(() -> withoutToken);
      return FileDownload.fetch(transport, request(planned, asked, checks), download);
    }
  }

  private DownloadRequest request(PlannedFile planned, FileUrl url, NdjsonChecks checks) {
    return new DownloadRequest(
        url.url(),
        url.credential(),
        NDJSON,
        directory.file(planned),
        jobKey + "/" + planned.name(),
        checks,
        OutcomeErrors::of,
        under(planned));
  }

  /** Steps of a file under the name that it has in the export. */
  private ProgressListener under(PlannedFile planned) {
    return step ->
        listener.onProgress(
            Progress.ofFile(
                step.kind(), planned.name(), step.bytes(), step.totalBytes().orElse(-1)));
  }

  private static void makeFolder(Path target) {
    try {
      Path folder = target.getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
    } catch (IOException disk) {
      throw new UncheckedIOException("A folder of the export cannot be made", disk);
    }
  }
}
