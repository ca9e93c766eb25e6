package health.ferry.pierflow;

/**
 * Puts one patient into the caller's system, and says what came of it.
 *
 * <p>Called by one thread, one patient after the other. What it returns is on disk before the next
 * patient is handed out.
 */
@FunctionalInterface
public interface PatientHandler {

  /**
   * Imports a patient.
   *
   * @param patient verified; {@link PackagedPatient#maybeHandledBefore()} says whether an earlier
   *     run ended while it was being handled, so that it may be in the caller's system already
   * @return the outcome, never null
   * @throws Exception the patient has failed, for the reason that {@link
   *     ImportOptions#onHandlerError} gives; an {@link InterruptedException} ends the run instead,
   *     and so does any {@link Error}, and the patient has no outcome
   */
  PatientOutcome handle(PackagedPatient patient) throws Exception;
}
