package health.ferry.examples.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A line of the table: a server, what goes wrong with it, and how that must end. Written in one
 * expression and never changed after it.
 */
public final class Scenario {

  /** Enough for any scenario that ends by itself. */
  static final Duration LONG = Duration.ofMinutes(2);

  private record Strike(Stage stage, int times, Fault fault) {}

  private final String name;
  private final List<Strike> strikes = new ArrayList<>();
  private World world = World.plain();
  private Expectation expected = new Expectation.Complete();
  private Duration deadline = LONG;
  private @Nullable Duration patience;
  private int kickOffs = 1;
  private int jobs = 1;
  private int deletes = 1;
  private boolean jobKnown = true;

  private Scenario(String name) {
    this.name = name;
  }

  static Scenario that(String name) {
    return new Scenario(name);
  }

  Scenario in(UnaryOperator<World> change) {
    world = change.apply(world);
    return this;
  }

  Scenario once(Stage stage, Fault fault) {
    return times(1, stage, fault);
  }

  Scenario times(int times, Stage stage, Fault fault) {
    strikes.add(new Strike(stage, times, fault));
    return this;
  }

  /** Until the server is healed. */
  Scenario always(Stage stage, Fault fault) {
    return times(Integer.MAX_VALUE, stage, fault);
  }

  /** The caller gives the whole run so long. */
  Scenario deadline(Duration longest) {
    deadline = longest;
    return this;
  }

  /**
   * The caller waits two seconds for an answer or a byte. The command knows no such setting, and is
   * not tried.
   */
  Scenario impatient() {
    patience = Duration.ofSeconds(2);
    return this;
  }

  /** How many kick-offs the first run sends; of those that start a job, the last one counts. */
  Scenario kickOffs(int sent, int starting) {
    kickOffs = sent;
    jobs = starting;
    return this;
  }

  /** How many tries the DELETE takes. */
  Scenario deletes(int sent) {
    deletes = sent;
    return this;
  }

  Scenario misses(Class<? extends Exception> cause) {
    return missesFile(Corpus.VICTIM, cause);
  }

  Scenario missesFile(String file, Class<? extends Exception> cause) {
    expected = new Expectation.Misses(Set.of(file), cause);
    return this;
  }

  /** The job goes on; a later run finds it. */
  Scenario fails(Class<? extends Exception> error, int exitCode) {
    expected = new Expectation.Fails(error, exitCode);
    return this;
  }

  /** No job is known, so a later run starts one. */
  Scenario startsNothing(Class<? extends Exception> error, int exitCode) {
    jobKnown = false;
    return fails(error, exitCode);
  }

  String name() {
    return name;
  }

  RawBulkServer server() {
    RawBulkServer server = RawBulkServer.start(world);
    strikes.forEach(strike -> server.plan(strike.stage, strike.times, strike.fault));
    return server;
  }

  Expectation expected() {
    return expected;
  }

  Duration deadline() {
    return deadline;
  }

  /** How long the caller waits for an answer or a byte; as long as by default when empty. */
  public Optional<Duration> patience() {
    return Optional.ofNullable(patience);
  }

  int kickOffs() {
    return kickOffs;
  }

  int jobs() {
    return jobs;
  }

  int deletes() {
    return deletes;
  }

  boolean isJobKnown() {
    return jobKnown;
  }

  @Override
  public String toString() {
    return name;
  }
}
