package health.ferry.bulkfhir;

import health.ferry.bulkfhir.ExportState.Phase;
import health.ferry.core.ApiException;
import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.Progress;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.poll.Listeners;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An export from kick-off to whole files in a directory. Each step is on disk before the next, so
 * the same call again goes on where the last one ended, however it ended.
 */
final class DirectoryExport {

  private static final Logger log = LoggerFactory.getLogger(DirectoryExport.class);

  private static final Duration LONGEST_DELETE = Duration.ofSeconds(30);

  private final BulkFhirClient client;
  private final Transport transport;
  private final Executor threads;
  private final HttpUrl base;
  private final ExportOptions options;
  private final Listeners listeners;

  DirectoryExport(
      BulkFhirClient client,
      Transport transport,
      Executor threads,
      HttpUrl base,
      ExportOptions options) {
    this.client = client;
    this.transport = transport;
    this.threads = threads;
    this.base = base;
    this.options = options;
    this.listeners = new Listeners(options.listener());
  }

  ExportResult run(ExportRequest request, Path path, CallContext call) {
    String wanted = KickOffUrl.of(base, request).toString();
    try (ExportDirectory directory = ExportDirectory.open(path)) {
      Optional<ExportState> found = directory.state(wanted);
      ExportState state = found.orElseGet(() -> ExportState.starting(wanted));
      if (state.isDownloaded() && state.names().stream().allMatch(directory::has)) {
        finish(directory, state, call);
        return result(directory, state, List.of(), true);
      }
      return fetch(directory, started(request, directory, state, call), call);
    }
  }

  /** The state with a job: the one that runs already, or a new one. */
  private ExportState started(
      ExportRequest request, ExportDirectory directory, ExportState state, CallContext call) {
    if (state.token() != null) {
      return state;
    }
    if (directory.hasState()) {
      log.warn(
          "A kick-off into this directory brought no status URL; if the server had accepted it, a"
              + " job that nobody waits for may run there");
    }
    directory.save(state);
    HttpUrl statusUrl = kickOff(request, directory, call);
    ExportState running = state.running(ResumeToken.of(statusUrl));
    directory.save(running);
    listeners.onProgress(Progress.ofJob(Progress.Kind.STARTED, null));
    return running;
  }

  /** What was refused has started nothing, so nothing of it stays. */
  private HttpUrl kickOff(ExportRequest request, ExportDirectory directory, CallContext call) {
    try {
      return client.kickOff().start(request, call.step("kick-off"));
    } catch (ApiException refused) {
      if (refused.status() < 500) {
        directory.forgetState();
      }
      throw refused;
    }
  }

  private ExportResult fetch(ExportDirectory directory, ExportState running, CallContext call) {
    ExportOperation job = client.operation(requireToken(running));
    job.onProgress(listeners);
    ExportDownloads downloads =
        new ExportDownloads(transport, threads, base, directory, jobKey(running), listeners);
    Round round = round(directory, running, job, downloads, call);
    int missing = Integer.MAX_VALUE;
    while (round.hasExpiredLinks() && round.failures().size() < missing) {
      missing = round.failures().size();
      round = renewed(directory, round, job, downloads, call);
    }
    if (round.failures().isEmpty()) {
      ExportState downloaded = round.state().at(Phase.DOWNLOADED);
      directory.save(downloaded);
      finish(directory, downloaded, call);
    }
    return result(directory, round.state(), round.failures(), false);
  }

  private record Round(ExportState state, List<FailedFile> failures) {

    boolean hasExpiredLinks() {
      return failures.stream().anyMatch(ExportDownloads::isExpiredLink);
    }
  }

  /**
   * F5: a look at the manifest may bring fresh links. When it cannot be had any more, the report of
   * what came and what did not stands.
   */
  private Round renewed(
      ExportDirectory directory,
      Round last,
      ExportOperation job,
      ExportDownloads downloads,
      CallContext call) {
    try {
      return round(directory, last.state(), job, downloads, call);
    } catch (CancelledException cancelled) {
      throw cancelled;
    } catch (FerryException noLinks) {
      log.warn("Links have expired and no fresh ones are to be had: {}", noLinks.getMessage());
      return last;
    }
  }

  /** One look at the manifest, and one try at every file that is missing. */
  private Round round(
      ExportDirectory directory,
      ExportState state,
      ExportOperation job,
      ExportDownloads downloads,
      CallContext call) {
    ExportManifest manifest = job.await(call.step("await"));
    FilePlan plan = FilePlan.of(manifest, state.names(), base);
    ExportState named =
        state.named(
            Stream.concat(plan.sources().keySet().stream(), plan.unlisted().stream()).toList(),
            manifest.transactionTime().orElse(null));
    directory.save(named);
    ExportDownloads.Outcome outcome =
        downloads.fetchMissing(plan, manifest, options.parallel(), call);
    List<FailedFile> failures = new ArrayList<>(outcome.failures());
    for (PlannedFile gone : plan.unlisted()) {
      if (!directory.has(gone)) {
        failures.add(
            new FailedFile(
                gone.name(),
                new IntegrityException(
                    call.info(), "the manifest does not list " + gone.name() + " any more", null)));
      }
    }
    return new Round(named.counted(outcome.resources()), failures);
  }

  /** D1, D2: the server may forget the job once everything is here, and only then. */
  private void finish(ExportDirectory directory, ExportState state, CallContext call) {
    if (state.phase() == Phase.COMPLETE) {
      return;
    }
    if (options.keepsJob() || isDeleted(state, call)) {
      directory.save(state.at(Phase.COMPLETE));
    }
  }

  /** A server that fails at it does not fail the export; the next run asks again. */
  private boolean isDeleted(ExportState state, CallContext call) {
    try {
      client.operation(requireToken(state)).cancel(call.step("delete").within(LONGEST_DELETE));
      return true;
    } catch (CancelledException cancelled) {
      throw cancelled;
    } catch (FerryException refused) {
      log.warn("The finished export could not be deleted on the server: {}", refused.getMessage());
      return false;
    }
  }

  private static ExportResult result(
      ExportDirectory directory, ExportState state, List<FailedFile> failures, boolean before) {
    List<ExportedFile> files =
        state.names().stream()
            .filter(directory::has)
            .map(name -> directory.describe(name, state))
            .toList();
    return new ExportResult(directory.path(), files, failures, state.transactionTime(), before);
  }

  private static String requireToken(ExportState state) {
    return Objects.requireNonNull(state.token(), "a job that runs has a token");
  }

  private static String jobKey(ExportState state) {
    return ByteString.encodeUtf8(requireToken(state)).sha256().hex().substring(0, 16);
  }
}
