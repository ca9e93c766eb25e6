package health.ferry.bulkfhir;

import health.ferry.core.CancelledException;
import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.retry.HintedWait;
import health.ferry.core.internal.time.Jitter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import okhttp3.HttpUrl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a job's files into the directory: the first ones while the job still runs, then round by
 * round, each with a fresh look at the manifest, until nothing is missing or nothing helps.
 */
final class DownloadRounds {

  private static final Logger log = LoggerFactory.getLogger(DownloadRounds.class);

  private static final Duration SOON = Duration.ofHours(1);

  private final ExportOperation job;
  private final ExportDownloads downloads;
  private final Checkpoint checkpoint;
  private final HttpUrl base;
  private final ExportLog exportLog;
  private final Executor threads;
  private final int parallel;
  private final HintedWait pause;

  DownloadRounds(
      ExportOperation job,
      ExportDownloads downloads,
      Checkpoint checkpoint,
      HttpUrl base,
      ExportLog exportLog,
      Executor threads,
      Jitter jitter,
      int parallel) {
    this.job = job;
    this.downloads = downloads;
    this.checkpoint = checkpoint;
    this.base = base;
    this.exportLog = exportLog;
    this.threads = threads;
    this.parallel = parallel;
    this.pause = new HintedWait(Duration.ofSeconds(10), Duration.ofMinutes(1), jitter);
  }

  /** What a round left behind. */
  record Round(ExportManifest manifest, List<FailedFile> failures) {

    private boolean hasExpiredLinks() {
      return failures.stream().anyMatch(ExportDownloads::isExpiredLink);
    }

    /** What was refused for its pace alone, with the longest wait that was asked for. */
    private Optional<Duration> throttled() {
      return failures.stream()
          .map(FailedFile::cause)
          .filter(RateLimitedException.class::isInstance)
          .map(cause -> ((RateLimitedException) cause).retryAfter().orElse(Duration.ZERO))
          .max(Comparator.naturalOrder());
    }
  }

  Round run(CallContext call) {
    Round round = first(call);
    int missing = Integer.MAX_VALUE;
    while (round.failures().size() < missing && mayImprove(round, call)) {
      missing = round.failures().size();
      round = renewed(round, call);
    }
    return round;
  }

  /** Fresh links help at once; a server that was asked too fast wants a pause first. */
  private boolean mayImprove(Round round, CallContext call) {
    Optional<Duration> hint = round.throttled();
    if (hint.isEmpty()) {
      return round.hasExpiredLinks();
    }
    Duration wait = pause.after(1, hint);
    if (wait.compareTo(call.deadline().left()) >= 0) {
      return false;
    }
    log.info("{}: the server limits the rate, going on in {}", call.info(), wait);
    call.sleep(wait);
    return true;
  }

  private Round first(CallContext call) {
    try (EarlyDownloads early = new EarlyDownloads(downloads, parallel, threads, call)) {
      ExportManifest manifest = await(early, call);
      warnOfExpiry(manifest, call);
      checkpoint.saveIfChanged(checkpoint.state().counted(early.await()));
      return fetch(manifest, call);
    }
  }

  private ExportManifest await(EarlyDownloads early, CallContext call) {
    try {
      ExportManifest manifest = job.await(call.step("await"), soFar -> fetchEarly(soFar, early));
      exportLog.manifest(manifest);
      checkpoint.directory().keep(manifest);
      return manifest;
    } catch (FerryException failed) {
      exportLog.statusError(failed);
      throw failed;
    }
  }

  /**
   * F5: a look at the manifest may bring fresh links. When it cannot be had any more, the report of
   * what came and what did not stands.
   */
  private Round renewed(Round last, CallContext call) {
    try {
      return fetch(job.await(call.step("await")), call);
    } catch (CancelledException cancelled) {
      throw cancelled;
    } catch (FerryException noLinks) {
      log.warn("Links have expired and no fresh ones are to be had: {}", noLinks.getMessage());
      return last;
    }
  }

  /** One try at every file that is missing. */
  private Round fetch(ExportManifest manifest, CallContext call) {
    FilePlan plan = plan(manifest);
    ExportDownloads.Outcome outcome = downloads.fetchMissing(plan, parallel, call);
    checkpoint.saveIfChanged(checkpoint.state().counted(outcome.counts()));
    List<FailedFile> failures = new ArrayList<>(outcome.failures());
    for (PlannedFile gone : plan.unlisted()) {
      if (!checkpoint.directory().has(gone)) {
        failures.add(
            new FailedFile(
                gone.name(),
                new IntegrityException(
                    call.info(), "the manifest does not list " + gone.name() + " any more", null)));
      }
    }
    return new Round(manifest, failures);
  }

  /** Begins with what is ready while the job runs, as far as it is certain what is what. */
  private void fetchEarly(ExportManifest soFar, EarlyDownloads early) {
    FilePlan plan = planned(soFar);
    if (plan.unsure().isEmpty()) {
      save(plan, soFar);
      early.offer(plan);
    }
  }

  private FilePlan plan(ExportManifest manifest) {
    FilePlan plan = planned(manifest);
    if (!plan.unsure().isEmpty()) {
      log.warn(
          "{} of {} files cannot be told apart from those that came before, and come again",
          plan.unsure().size(),
          plan.names().size());
      plan.unsure().forEach(checkpoint.directory()::discard);
    }
    save(plan, manifest);
    return plan;
  }

  private FilePlan planned(ExportManifest manifest) {
    return FilePlan.of(
        manifest.files(), checkpoint.state().names(), checkpoint.state().counts(), base);
  }

  /** Names are on disk before a file gets one. */
  private void save(FilePlan plan, ExportManifest manifest) {
    checkpoint.saveIfChanged(
        checkpoint.state().named(plan, manifest.transactionTime().orElse(null)));
  }

  /** S9: the server says how long it keeps the files. */
  private static void warnOfExpiry(ExportManifest manifest, CallContext call) {
    Instant soon = call.time().now().plus(SOON);
    manifest
        .expires()
        .filter(end -> end.isBefore(soon))
        .ifPresent(end -> log.warn("{}: the server keeps the files until {}", call.info(), end));
  }
}
