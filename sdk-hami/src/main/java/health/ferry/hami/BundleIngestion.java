package health.ferry.hami;

import health.ferry.core.ApiException;
import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.FerryException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.ServerException;
import health.ferry.core.Violation;
import health.ferry.core.internal.async.SharedWork;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.poll.Listeners;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run over checked bundles: sends those that the journal knows no outcome of. Holds no more
 * bundles than are under way. Used once.
 */
final class BundleIngestion {

  private static final Logger log = LoggerFactory.getLogger(BundleIngestion.class);

  /** So many bundles in a row without an answer, and nobody is there to answer the next. */
  private static final int MOST_UNANSWERED = 3;

  private final Submission submission;
  private final Executor threads;
  private final IngestionJournal journal;
  private final IngestionOptions options;
  private final CallContext call;

  private final Set<String> toSend = new HashSet<>();
  private long begun;
  private int total;
  private int answered;
  private int unansweredInARow;
  private @Nullable FerryException unanswered;
  private @Nullable FerryException stop;

  BundleIngestion(
      Submission submission,
      Executor threads,
      IngestionJournal journal,
      IngestionOptions options,
      CallContext call) {
    this.submission = submission;
    this.threads = threads;
    this.journal = journal;
    this.options = options;
    this.call = call;
  }

  IngestionReport run(BundleReading bundles, CheckedInput input) {
    input.hashes().stream().filter(hash -> !journal.hasOutcome(hash)).forEach(toSend::add);
    total = toSend.size();
    begun = call.time().nanoTime();
    if (total > 0) {
      try (BundleIterator each = bundles.open()) {
        SharedWork.run(
            Collections.nCopies(options.parallel(), () -> sendFrom(each)),
            options.parallel(),
            threads,
            call.cancellation());
      }
    }
    IngestionReport report = report(input);
    Listeners.tell(options.reader(), report);
    return report;
  }

  private void sendFrom(BundleIterator bundles) {
    for (TransactionBundle next = take(bundles); next != null; next = take(bundles)) {
      send(next);
    }
  }

  /** The next one without an outcome; null when there is none, or no more shall be sent. */
  private synchronized @Nullable TransactionBundle take(BundleIterator bundles) {
    try {
      while (stop == null && bundles.hasNext()) {
        TransactionBundle next = bundles.next();
        if (toSend.remove(next.hash())) {
          return next;
        }
      }
    } catch (FerryException unreadable) {
      // The input has changed since it was checked.
      stop(unreadable);
    }
    return null;
  }

  private void send(TransactionBundle bundle) {
    try {
      journal.started(bundle);
      journal.accepted(bundle, submission.send(bundle.bytes(), List.of(), call.step("submit")));
      answered();
    } catch (ApiException refused) {
      if (BundleRejection.isOne(refused)) {
        journal.rejected(BundleRejection.of(bundle, refused));
        answered();
      } else if (refused instanceof ServerException || refused.status() == 408) {
        unanswered(refused);
      } else {
        // The caller is refused, or the key is asked to wait longer than is waited: so is the next.
        stop(refused);
      }
    } catch (CancelledException gone) {
      stop(gone);
    } catch (DeadlineExceededException late) {
      if (late.kind() == DeadlineExceededException.Kind.ATTEMPT) {
        unanswered(late);
      } else {
        stop(late);
      }
    } catch (FerryException lost) {
      unanswered(lost);
    }
    Listeners.tell(options.listener(), progress());
  }

  private synchronized void answered() {
    answered++;
    unansweredInARow = 0;
  }

  private synchronized void unanswered(FerryException failure) {
    unanswered = failure;
    unansweredInARow++;
    log.warn("{}: a bundle stays pending", failure.getMessage());
    if (unansweredInARow == MOST_UNANSWERED) {
      stop(failure);
    }
  }

  private synchronized void stop(FerryException reason) {
    stop = stop == null ? reason : stop;
  }

  private synchronized IngestionProgress progress() {
    return IngestionProgress.of(
        journal.numberOfAccepted(),
        journal.numberOfRejected(),
        total - answered,
        answered,
        Duration.ofNanos(call.time().nanoTime() - begun));
  }

  private IngestionReport report(CheckedInput input) {
    int pending = total - answered;
    FerryException stopped = pending == 0 ? null : whyPending();
    FerryException incomplete =
        stopped != null
            ? stopped
            : journal
                .rejectionAmong(input.hashes())
                .<FerryException>map(one -> one.asException(call.info()))
                .orElse(null);
    return new IngestionReport(
        journal.outcomes(),
        pending,
        journal.underWayBesides(input.hashes()),
        input.warnings(),
        input.bundling(),
        stopped,
        incomplete);
  }

  private FerryException whyPending() {
    if (stop != null) {
      return stop;
    }
    return unanswered != null
        ? unanswered
        : new InvalidInputException(
            call.info(), List.of(new Violation("input", "changed while it was being sent")));
  }
}
