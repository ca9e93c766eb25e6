package health.ferry.examples.faults;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of HAMI's table: what goes wrong from the second of three bundles on, and how that must
 * end. Written in one expression and never changed after it.
 */
public final class SubmissionScenario {

  static final int BUNDLES = 3;
  private static final int STRUCK = 2;

  private final String name;
  private final Fault fault;
  private final int times;
  private int accepted = BUNDLES;
  private int rejected;
  private int exitCode;
  private int requests;
  private @Nullable Class<? extends Exception> error;
  private @Nullable Duration patience;

  private SubmissionScenario(String name, Fault fault, int times) {
    this.name = name;
    this.fault = fault;
    this.times = times;
  }

  /** Struck once. */
  static SubmissionScenario once(String name, Fault fault) {
    return new SubmissionScenario(name, fault, 1);
  }

  /** Struck until the server is healed. */
  static SubmissionScenario always(String name, Fault fault) {
    return new SubmissionScenario(name, fault, Integer.MAX_VALUE);
  }

  /** The struck bundle is sent again, and all is well. */
  SubmissionScenario isHealedByTrying() {
    requests = BUNDLES + 1;
    return this;
  }

  /** The struck bundle is refused and not sent again, and the rest go on. */
  SubmissionScenario rejectsIt() {
    accepted = BUNDLES - 1;
    rejected = 1;
    requests = BUNDLES;
    exitCode = 1;
    return this;
  }

  /** The struck bundle is left for a later run at once, and the rest go on. */
  SubmissionScenario leavesIt(Class<? extends Exception> why) {
    accepted = BUNDLES - 1;
    requests = BUNDLES;
    exitCode = 4;
    error = why;
    return this;
  }

  /** The struck bundle and all after it are left for a later run, after some tries. */
  SubmissionScenario leavesTheRest(Class<? extends Exception> why) {
    accepted = STRUCK - 1;
    exitCode = 4;
    error = why;
    return this;
  }

  /** The caller is refused: nothing more is sent. */
  SubmissionScenario stops(Class<? extends Exception> why) {
    accepted = STRUCK - 1;
    requests = STRUCK;
    exitCode = 3;
    error = why;
    return this;
  }

  /**
   * The caller waits two seconds for an answer. The command knows no such setting, and is not
   * tried.
   */
  SubmissionScenario impatient() {
    patience = Duration.ofSeconds(2);
    return this;
  }

  RawHamiServer server() {
    RawHamiServer server = new RawHamiServer();
    server.plan(STRUCK, times, fault);
    return server;
  }

  int accepted() {
    return accepted;
  }

  int rejected() {
    return rejected;
  }

  int pending() {
    return BUNDLES - accepted - rejected;
  }

  int exitCode() {
    return exitCode;
  }

  /** How many requests the first run sends; empty when it is a matter of tries. */
  Optional<Integer> requests() {
    return requests == 0 ? Optional.empty() : Optional.of(requests);
  }

  Optional<Class<? extends Exception>> error() {
    return Optional.ofNullable(error);
  }

  /** How long the caller waits for an answer; as long as by default when empty. */
  public Optional<Duration> patience() {
    return Optional.ofNullable(patience);
  }

  @Override
  public String toString() {
    return name;
  }
}
