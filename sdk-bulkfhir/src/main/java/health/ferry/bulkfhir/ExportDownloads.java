package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ManifestFile.Section;
import health.ferry.core.ApiException;
import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.Progress;
import health.ferry.core.ProgressListener;
import health.ferry.core.internal.async.SharedWork;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.transfer.DownloadRequest;
import health.ferry.core.internal.transfer.FileDownload;
import health.ferry.fhir.NdjsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
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
  private final ProgressListener listener;

  ExportDownloads(
      Transport transport,
      Executor threads,
      HttpUrl base,
      ExportDirectory directory,
      String jobKey,
      ProgressListener listener) {
    this.transport = transport;
    this.threads = threads;
    this.base = base;
    this.directory = directory;
    this.jobKey = jobKey;
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
  Outcome fetchMissing(FilePlan plan, ExportManifest manifest, int parallel, CallContext call) {
    Map<String, Long> resources = new ConcurrentHashMap<>();
    Queue<FailedFile> failures = new ConcurrentLinkedQueue<>();
    List<Runnable> tasks = new ArrayList<>();
    plan.sources()
        .forEach(
            (planned, source) -> {
              if (directory.has(planned)) {
                FileDownload.forgetPartOf(directory.file(planned));
              } else {
                tasks.add(() -> tryFetch(planned, source, manifest, call, resources, failures));
              }
            });
    SharedWork.run(tasks, parallel, threads, call.cancellation());
    return new Outcome(resources, List.copyOf(failures));
  }

  /**
   * What a round of downloads brought.
   *
   * @param resources how many resources each fetched file has, by its name
   * @param failures what could not be had
   */
  record Outcome(Map<String, Long> resources, List<FailedFile> failures) {}

  private void tryFetch(
      PlannedFile planned,
      ManifestFile source,
      ExportManifest manifest,
      CallContext call,
      Map<String, Long> resources,
      Queue<FailedFile> failures) {
    try {
      resources.put(planned.name(), fetch(planned, source, manifest, call));
    } catch (CancelledException cancelled) {
      throw cancelled;
    } catch (FerryException | UncheckedIOException failed) {
      failures.add(new FailedFile(planned.name(), failed));
      listener.onProgress(Progress.ofFile(Progress.Kind.FILE_FAILED, planned.name(), 0, -1));
    }
  }

  /** Fetches one file and returns the number of its resources. */
  private long fetch(
      PlannedFile planned, ManifestFile source, ExportManifest manifest, CallContext call) {
    CallContext download = call.step("download");
    Path target = directory.file(planned);
    makeFolder(target);
    FileUrl url = FileUrl.of(source, manifest, base, transport.urls(), download.info());
    NdjsonChecks checks =
        new NdjsonChecks(
            new NdjsonPromise(
                planned.name(),
                promisedType(source),
                source.count(),
                false,
                NdjsonReader.DEFAULT_MAX_LINE_BYTES),
            download.info());
    FileDownload.fetch(transport, request(planned, url, target, checks), download);
    return checks.resources();
  }

  private DownloadRequest request(
      PlannedFile planned, FileUrl url, Path target, NdjsonChecks checks) {
    return new DownloadRequest(
        url.url(),
        url.credential(),
        NDJSON,
        target,
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

  /** The other lists hold what their standard types say, and servers name other types there. */
  private static Optional<String> promisedType(ManifestFile source) {
    return source.section() == Section.OUTPUT ? source.type() : Optional.empty();
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
