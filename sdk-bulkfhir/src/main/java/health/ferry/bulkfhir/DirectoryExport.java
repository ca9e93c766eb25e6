package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ExportState.Phase;
import health.ferry.bulkfhir.ManifestFile.Section;
import health.ferry.core.ApiException;
import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.Progress;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.poll.Listeners;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An export from kick-off to whole files in a directory. Each step is on disk before the next, so
 * the same call again goes on where the last one ended, however it ended.
 */
final class DirectoryExport {

  private static final Logger log = LoggerFactory.getLogger(DirectoryExport.class);

  private static final Duration LONGEST_DELETE = Duration.ofSeconds(30);

  private final ExportServer server;
  private final ExportOptions options;
  private final Listeners listeners;

  DirectoryExport(ExportServer server, ExportOptions options) {
    this.server = server;
    this.options = options;
    this.listeners = new Listeners(options.listener());
  }

  /** Starts an export, unless the directory knows its job already, and brings its files. */
  ExportResult run(ExportRequest request, Path path, CallContext call) {
    String wanted = KickOffUrl.identity(server.base(), request);
    ExportResult result =
        run(
            path,
            known -> known.request().equals(wanted),
            directory -> started(request, wanted, directory, call),
            call);
    warnOfUnasked(request, result);
    return result;
  }

  /** K13: some servers read no {@code _type}. */
  private static void warnOfUnasked(ExportRequest request, ExportResult result) {
    Set<String> unasked = new TreeSet<>(result.resources().keySet());
    request.types().forEach(unasked::remove);
    if (!request.associatedData().isEmpty()) {
      unasked.remove("Provenance");
    }
    if (!request.types().isEmpty() && !unasked.isEmpty()) {
      log.warn("The server sent resources that were not asked for: {}", unasked);
    }
  }

  /** Brings the files of a job that was started before, here or elsewhere. */
  ExportResult run(String jobToken, Path path, CallContext call) {
    ExportState running = ExportState.starting("job " + keyOf(jobToken)).running(jobToken);
    return run(
        path,
        known -> jobToken.equals(known.token()),
        directory -> {
          directory.save(running);
          return running;
        },
        call);
  }

  private ExportResult run(
      Path path,
      Predicate<ExportState> wanted,
      Function<ExportDirectory, ExportState> start,
      CallContext call) {
    try (ExportDirectory directory = ExportDirectory.open(path, options.sink())) {
      ExportState state = directory.state(wanted).orElseGet(() -> start.apply(directory));
      Checkpoint checkpoint = new Checkpoint(directory, state);
      if (state.isDownloaded() && state.names().stream().allMatch(directory::has)) {
        finish(checkpoint, call);
        return result(checkpoint, List.of(), true);
      }
      return fetch(checkpoint, call);
    }
  }

  /** Kicks the export off; each step is on disk before the next. */
  private ExportState started(
      ExportRequest request, String wanted, ExportDirectory directory, CallContext call) {
    if (directory.hasState()) {
      log.warn(
          "A kick-off into this directory brought no status URL; if the server had accepted it, a"
              + " job that nobody waits for may run there");
    }
    CallContext step = call.step("kick-off");
    KickOff kickOff = server.kickOff();
    KickOffForm form = kickOff.form(request, step);
    ExportState state = ExportState.starting(wanted);
    directory.save(state);
    try {
      String token = ResumeToken.of(kickOff.start(request, form, step));
      // The job first: whatever fails after it must not cost a second one.
      directory.save(state.running(token));
      logKickOff(directory, keyOf(token), form, null);
      listeners.onProgress(Progress.ofJob(Progress.Kind.STARTED, null));
      return state.running(token);
    } catch (ApiException refused) {
      // What was refused has started nothing, so nothing of it stays.
      if (refused.status() < 500) {
        directory.forgetState();
      }
      logKickOff(directory, "none", form, refused.status());
      throw refused;
    }
  }

  private void logKickOff(
      ExportDirectory directory, String exportId, KickOffForm form, @Nullable Integer error) {
    try (ExportLog exportLog = log(directory, exportId)) {
      exportLog.kickOff(form, server.metadata().known(), error);
    }
  }

  private ExportResult fetch(Checkpoint checkpoint, CallContext call) {
    String token = tokenOf(checkpoint);
    try (ExportLog exportLog = log(checkpoint.directory(), keyOf(token))) {
      listeners.add(exportLog::progress);
      DownloadRounds.Round round = rounds(checkpoint, exportLog).run(call);
      List<FailedFile> failures =
          round.failures().isEmpty()
              ? attachments(checkpoint, round.manifest(), call)
              : round.failures();
      if (failures.isEmpty()) {
        checkpoint.save(checkpoint.state().at(Phase.DOWNLOADED));
        finish(checkpoint, call);
      }
      ExportResult result = result(checkpoint, failures, false);
      if (result.isComplete()) {
        exportLog.exportComplete(result);
      }
      return result;
    }
  }

  private DownloadRounds rounds(Checkpoint checkpoint, ExportLog exportLog) {
    String token = tokenOf(checkpoint);
    ExportOperation job = server.job(token);
    job.onProgress(listeners);
    ExportDownloads downloads =
        new ExportDownloads(
            server.transport(),
            server.threads(),
            server.base(),
            checkpoint.directory(),
            keyOf(token),
            options.maxLineBytes(),
            exportLog,
            listeners);
    return new DownloadRounds(
        job,
        downloads,
        checkpoint,
        server.base(),
        exportLog,
        server.threads(),
        server.transport().jitter(),
        options.parallel());
  }

  /** F8: what the resources name by URL, when the caller asked for it. */
  private List<FailedFile> attachments(
      Checkpoint checkpoint, ExportManifest manifest, CallContext call) {
    if (!options.fetchesAttachments()) {
      return List.of();
    }
    List<Path> resources =
        checkpoint.state().names().stream()
            .filter(name -> name.section() == Section.OUTPUT)
            .map(checkpoint.directory()::file)
            .toList();
    return new AttachmentDownloads(
            server.transport(),
            server.threads(),
            server.base(),
            checkpoint.directory().path(),
            options.maxLineBytes(),
            options.parallel(),
            listeners)
        .fetchMissing(resources, manifest.requiresAccessToken(), call);
  }

  /** D1, D2: the server may forget the job once everything is here, and only then. */
  private void finish(Checkpoint checkpoint, CallContext call) {
    if (checkpoint.state().phase() == Phase.COMPLETE) {
      return;
    }
    if (options.keepsJob() || isDeleted(tokenOf(checkpoint), call)) {
      checkpoint.save(checkpoint.state().at(Phase.COMPLETE));
    }
  }

  /** A server that fails at it does not fail the export; the next run asks again. */
  private boolean isDeleted(String token, CallContext call) {
    try {
      server.job(token).cancel(call.step("delete").within(LONGEST_DELETE));
      return true;
    } catch (CancelledException cancelled) {
      throw cancelled;
    } catch (FerryException refused) {
      log.warn("The finished export could not be deleted on the server: {}", refused.getMessage());
      return false;
    }
  }

  private static ExportResult result(
      Checkpoint checkpoint, List<FailedFile> failures, boolean before) {
    ExportState state = checkpoint.state();
    ExportDirectory directory = checkpoint.directory();
    List<ExportedFile> files =
        state.names().stream()
            .filter(directory::has)
            .map(name -> directory.describe(name, state))
            .toList();
    return new ExportResult(directory.path(), files, failures, state.transactionTime(), before);
  }

  private ExportLog log(ExportDirectory directory, String exportId) {
    return ExportLog.open(
        directory.path().resolve("log.ndjson"), exportId, server.transport().time());
  }

  private static String tokenOf(Checkpoint checkpoint) {
    return Objects.requireNonNull(checkpoint.state().token(), "a job that runs has a token");
  }

  /** What tells one job from another without saying where it is. */
  private static String keyOf(String token) {
    return ByteString.encodeUtf8(token).sha256().hex().substring(0, 16);
  }
}
