package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.Progress;
import health.ferry.core.ProgressListener;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.async.SharedWork;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.transfer.AtomicFile;
import health.ferry.core.internal.transfer.DownloadRequest;
import health.ferry.core.internal.transfer.FileDownload;
import health.ferry.fhir.NdjsonIterator;
import health.ferry.fhir.NdjsonReader;
import health.ferry.fhir.RawResource;
import health.ferry.fhir.internal.OutcomeErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * Fetches what the Attachments of exported resources name by URL, several at a time, into the
 * folder {@code attachments} of the export: files under Ferry's own names, and {@code index.jsonl},
 * which says what each one is.
 *
 * <p>The same call again fetches what is missing and nothing else. Resources are read one by one;
 * what grows with the number of attachments is a name of each that was not there, some 100 bytes.
 */
final class AttachmentDownloads {

  private static final String FOLDER = "attachments";

  /** How many are handed out to the threads at a time. */
  private static final int BATCH = 1_000;

  /** What may go into a header: a media type as RFC 9110 writes it, with its parameters. */
  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+( ?; ?[ -~]{1,100})?");

  private final Transport transport;
  private final Executor threads;
  private final HttpUrl base;
  private final Path folder;
  private final Path staging;
  private final int maxLineBytes;
  private final int parallel;
  private final ProgressListener listener;

  AttachmentDownloads(
      Transport transport,
      Executor threads,
      HttpUrl base,
      Path directory,
      int maxLineBytes,
      int parallel,
      ProgressListener listener) {
    this.transport = transport;
    this.threads = threads;
    this.base = base;
    this.folder = directory.resolve(FOLDER);
    this.staging = directory.resolve(".ferry").resolve(FOLDER);
    this.maxLineBytes = maxLineBytes;
    this.parallel = parallel;
    this.listener = listener;
  }

  /**
   * Fetches what is missing. One attachment that cannot be had leaves the others.
   *
   * @param resources the files of exported resources
   * @param requiresAccessToken what the manifest says of the export's URLs
   * @return what could not be had
   * @throws CancelledException when the caller gave up
   */
  List<FailedFile> fetchMissing(
      List<Path> resources, boolean requiresAccessToken, CallContext call) {
    Round round = new Round(requiresAccessToken, call);
    try (NdjsonIterator<RawResource> lines =
        NdjsonReader.of(resources).withMaxLineBytes(maxLineBytes).raw()) {
      Files.createDirectories(folder);
      Files.createDirectories(staging);
      try (AttachmentIndex index =
          new AttachmentIndex(folder.resolve("index.jsonl"), staging.resolve("index.tmp"))) {
        List<NamedAttachment> batch = new ArrayList<>();
        while (lines.hasNext()) {
          batch.addAll(AttachmentFinder.in(JsonTree.read(lines.next().bytes())));
          if (batch.size() >= BATCH || !lines.hasNext()) {
            round.fetch(batch, index);
            batch.clear();
          }
        }
        index.publish();
        AtomicFile.keepNames(folder);
      }
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for the attachments", disk);
    }
    return List.copyOf(round.failures);
  }

  /** One look at all resources. */
  private final class Round {

    private final boolean requiresAccessToken;
    private final CallContext call;
    private final Set<String> tried = new HashSet<>();
    private final Queue<FailedFile> failures = new ConcurrentLinkedQueue<>();

    Round(boolean requiresAccessToken, CallContext call) {
      this.requiresAccessToken = requiresAccessToken;
      this.call = call;
    }

    void fetch(List<NamedAttachment> batch, AttachmentIndex index) throws IOException {
      call.throwIfCancelled();
      List<Runnable> tasks = new ArrayList<>();
      for (NamedAttachment attachment : batch) {
        if (!Files.exists(file(attachment)) && tried.add(attachment.fileName())) {
          tasks.add(() -> tryFetch(attachment));
        }
      }
      SharedWork.run(tasks, parallel, threads, call.cancellation());
      for (NamedAttachment attachment : batch) {
        if (Files.exists(file(attachment))) {
          index.add(attachment, Files.size(file(attachment)));
        }
      }
    }

    private void tryFetch(NamedAttachment attachment) {
      String name = FOLDER + "/" + attachment.fileName();
      try {
        AttachmentDownloads.this.fetch(attachment, requiresAccessToken, call.step("attachment"));
      } catch (CancelledException cancelled) {
        throw cancelled;
      } catch (FerryException | UncheckedIOException failed) {
        failures.add(new FailedFile(name, failed));
        listener.onProgress(Progress.ofFile(Progress.Kind.FILE_FAILED, name, 0, -1));
      }
    }
  }

  private Path file(NamedAttachment attachment) {
    return folder.resolve(attachment.fileName());
  }

  /** A process that ended before the last step leaves a whole file among the staged ones. */
  private void fetch(NamedAttachment attachment, boolean requiresAccessToken, CallContext call) {
    Path staged = staging.resolve(attachment.fileName());
    if (!Files.exists(staged)) {
      FileDownload.fetch(
          transport, request(attachment, staged, requiresAccessToken, call.info()), call);
    }
    try {
      publish(staged, file(attachment));
    } catch (IOException disk) {
      throw new UncheckedIOException("The disk failed for an attachment", disk);
    }
  }

  private static void publish(Path staged, Path target) throws IOException {
    if (!BinaryContent.isIn(staged)) {
      AtomicFile.publish(staged, target);
      return;
    }
    Path content = staged.resolveSibling(staged.getFileName() + ".content");
    try (OutputStream out = Files.newOutputStream(content)) {
      BinaryContent.copy(staged, out);
    }
    AtomicFile.publish(content, target);
    Files.delete(staged);
  }

  private DownloadRequest request(
      NamedAttachment attachment, Path staged, boolean requiresAccessToken, CallInfo call) {
    HttpUrl url = base.newBuilder().addPathSegment("").build().resolve(attachment.url());
    if (url == null) {
      throw new UnexpectedResponseException(
          call, "the attachment's URL is no http or https URL", null);
    }
    transport.urls().requireHandedOut(url, Origin.of(base), "attachment URL", call);
    return new DownloadRequest(
        url,
        credential(attachment, requiresAccessToken),
        attachment.contentType().filter(t -> MEDIA_TYPE.matcher(t).matches()).orElse("*/*"),
        staged,
        attachment.fileName(),
        () -> new AttachmentCheck(attachment, call),
        OutcomeErrors::of,
        step ->
            listener.onProgress(
                Progress.ofFile(
                    step.kind(),
                    FOLDER + "/" + attachment.fileName(),
                    step.bytes(),
                    step.totalBytes().orElse(-1))));
  }

  /**
   * F8: the token goes along when the manifest asks for it, and only to the FHIR server: any
   * resource may name any server. A relative URL is the FHIR server's own and no capability URL.
   */
  private static CredentialScope credential(
      NamedAttachment attachment, boolean requiresAccessToken) {
    boolean relative = HttpUrl.parse(attachment.url()) == null;
    return requiresAccessToken || relative ? CredentialScope.OWN_ORIGIN : CredentialScope.NONE;
  }
}
