package health.ferry.pierflow;

import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.FerryException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.poll.Listeners;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a package's patients to the handler, one after the other: those that the journal knows no
 * outcome of. Each outcome is on disk before the next patient is taken.
 */
final class HandingOut {

  private static final Logger log = LoggerFactory.getLogger(HandingOut.class);

  private final PatientHandler handler;
  private final ImportOptions options;
  private final CallContext call;

  HandingOut(PatientHandler handler, ImportOptions options, CallContext call) {
    this.handler = handler;
    this.options = options;
    this.call = call;
  }

  /**
   * Hands out to the end of the package, or until somebody stops it.
   *
   * @throws FerryException when it was stopped: by the caller, the handler, or the deadline
   */
  void run(PackageArchive archive, ImportJournal journal) {
    ImportProgress progress = ImportProgress.of(journal);
    for (PackagedPatient patient :
        archive.patients(listed -> !journal.hasOutcome(listed.patientId()))) {
      requireTime();
      PackagedPatient known = patient.ofPackage(journal.packageId());
      boolean again = journal.wasHanded(patient.patientId());
      journal.handing(patient.patientId());
      PatientOutcome outcome = handle(again ? known.handledBefore() : known);
      if (outcome.isStop()) {
        throw new CancelledException(call.info(), "the handler stopped it", null);
      }
      journal.outcome(patient.patientId(), outcome);
      progress = progress.after(outcome);
      Listeners.tell(options.listener(), progress);
    }
  }

  private void requireTime() {
    call.throwIfCancelled();
    if (call.deadline().hasPassed()) {
      throw new DeadlineExceededException(
          call.info(), DeadlineExceededException.Kind.CALL, Phase.CONNECT, false, null);
    }
  }

  private PatientOutcome handle(PackagedPatient patient) {
    @Nullable PatientOutcome outcome;
    try {
      outcome = handler.handle(patient);
    } catch (InterruptedException interrupted) {
      throw call.interrupted(interrupted);
    } catch (Exception thrown) {
      // Whoever is stopped in the middle of a patient throws all sorts of things.
      call.throwIfCancelled();
      log.warn(
          "The handler threw {} for patient {}, who has failed by that",
          thrown.getClass().getName(),
          patient.patientId());
      return PatientOutcome.failed(reason(thrown));
    }
    return usable(outcome);
  }

  /** To call such a patient imported or failed would be a guess, and Pierflow acts on it. */
  private PatientOutcome usable(@Nullable PatientOutcome outcome) {
    if (outcome == null) {
      throw unusable("handler", "must return an outcome");
    }
    Optional<String> problem = outcome.externalId().flatMap(PatientIdMapping::problem);
    if (problem.isPresent()) {
      throw unusable("handler", "returned an external id that " + problem.get());
    }
    return outcome;
  }

  private FailureReason reason(Exception thrown) {
    @Nullable FailureReason reason;
    try {
      reason = options.reasons().apply(thrown);
    } catch (RuntimeException alsoThrown) {
      throw unusable("onHandlerError", "must not throw " + alsoThrown.getClass().getName());
    }
    if (reason == null) {
      throw unusable("onHandlerError", "must return a reason");
    }
    return reason;
  }

  private InvalidInputException unusable(String what, String rule) {
    return new InvalidInputException(call.info(), List.of(new Violation(what, rule)));
  }
}
