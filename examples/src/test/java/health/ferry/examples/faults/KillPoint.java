package health.ferry.examples.faults;

import static health.ferry.examples.faults.Faults.busy;
import static health.ferry.examples.faults.Faults.silence;
import static health.ferry.examples.faults.Faults.stallAfter;

/** A moment of an export that a server can hold on to, so that the client dies just then. */
public enum KillPoint {
  WHILE_THE_TOKEN_COMES(Stage.TOKEN, silence(), 0, 1),
  WHILE_A_BUSY_SERVER_IS_WAITED_FOR(Stage.KICK_OFF, busy(429, "100"), 0, 2),
  BEFORE_THE_FIRST_LOOK_IS_ANSWERED(Stage.STATUS, silence(), 0, 1),
  WHILE_THE_JOB_RUNS(Stage.STATUS, busy(202, "100"), 0, 1),
  IN_THE_MIDDLE_OF_A_FILE(Stage.FILE, stallAfter(1000), 4, 1),
  BEFORE_THE_DELETE_IS_ANSWERED(Stage.DELETE, silence(), 5, 1);

  private final Stage stage;

  @SuppressWarnings("ImmutableEnumChecker") // each fault here is a function without state
  private final Fault fault;

  private final int finished;
  private final int kickOffs;

  /**
   * Names a moment.
   *
   * @param finished how many files have come by then
   * @param kickOffs how many kick-offs there are in all, of the run after it too
   */
  KillPoint(Stage stage, Fault fault, int finished, int kickOffs) {
    this.stage = stage;
    this.fault = fault;
    this.finished = finished;
    this.kickOffs = kickOffs;
  }

  Stage stage() {
    return stage;
  }

  Fault fault() {
    return fault;
  }

  int finished() {
    return finished;
  }

  int kickOffs() {
    return kickOffs;
  }
}
