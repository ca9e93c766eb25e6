package health.ferry.examples.faults;

import health.ferry.core.CancelledException;
import health.ferry.testkit.PierflowDownload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A line of Pierflow's table: where something goes wrong, what, and how that must end. Written in
 * one expression and never changed after it.
 */
public final class ImportScenario {

  private record Strike(ImportStage stage, int times, Fault fault) {}

  private final ImportStage stage;
  private final String name;
  private final List<Strike> strikes = new ArrayList<>();
  private PierflowDownload way = PierflowDownload.LINK;
  private boolean gone;
  private boolean stopped;
  private int acknowledged = RawPierflowServer.PACKAGES;
  private int requests;
  private int exitCode;
  private @Nullable Class<? extends Exception> error;
  private @Nullable Duration patience;

  private ImportScenario(ImportStage stage, String name) {
    this.stage = stage;
    this.name = stage.name().toLowerCase(Locale.ROOT) + "_" + name;
  }

  /** Struck once. */
  static ImportScenario once(ImportStage stage, String name, Fault fault) {
    return new ImportScenario(stage, name).times(1, stage, fault);
  }

  /** Struck until the server is healed. */
  static ImportScenario always(ImportStage stage, String name, Fault fault) {
    return new ImportScenario(stage, name).times(Integer.MAX_VALUE, stage, fault);
  }

  /** Connections are refused from the first request of a stage on, until the server is healed. */
  static ImportScenario refused(ImportStage stage) {
    ImportScenario scenario = new ImportScenario(stage, "connections_refused");
    scenario.gone = true;
    return scenario;
  }

  private ImportScenario times(int times, ImportStage where, Fault fault) {
    strikes.add(new Strike(where, times, fault));
    return this;
  }

  /** The archive is what Pierflow itself answers, as the seed has it. */
  ImportScenario withoutLinks() {
    way = PierflowDownload.ZIP;
    return this;
  }

  /** And after that, once, something else. */
  ImportScenario then(ImportStage where, Fault fault) {
    return times(1, where, fault);
  }

  /** The struck request is sent so often more than it would be. */
  ImportScenario isTriedAgain(int more) {
    requests = (stage == ImportStage.LIST ? 1 : RawPierflowServer.PACKAGES) + more;
    return this;
  }

  /** The struck package is left for a later run, and the other one is finished. */
  ImportScenario leavesOne(Class<? extends Exception> why) {
    return leaves(1, why, 4);
  }

  /** The struck package is broken as it is, and the other one is finished. */
  ImportScenario breaksOne(Class<? extends Exception> why) {
    return leaves(1, why, 1);
  }

  /** Both packages are broken as they are. */
  ImportScenario breaksAll(Class<? extends Exception> why) {
    return leaves(RawPierflowServer.PACKAGES, why, 1);
  }

  /** Both packages are left for a later run. */
  ImportScenario leavesAll(Class<? extends Exception> why) {
    return leaves(RawPierflowServer.PACKAGES, why, 4);
  }

  /** The caller is refused as a whole: nothing more is sent. */
  ImportScenario stops(Class<? extends Exception> why) {
    requests = 1;
    return leaves(RawPierflowServer.PACKAGES, why, 3);
  }

  /** The struck package is refused, and the other one is finished. */
  ImportScenario refusesOne(Class<? extends Exception> why) {
    return leaves(1, why, 3);
  }

  private ImportScenario leaves(int packages, Class<? extends Exception> why, int code) {
    acknowledged = RawPierflowServer.PACKAGES - packages;
    error = why;
    exitCode = code;
    return this;
  }

  /**
   * The caller waits two seconds for an answer or a byte, so on a slow machine it may try more
   * often than foreseen. The command knows no such setting, and is not tried.
   */
  ImportScenario impatient() {
    patience = Duration.ofSeconds(2);
    return this;
  }

  /** The caller has enough after the first patient, once. The command cannot, and is not tried. */
  ImportScenario isStoppedByCaller() {
    stopped = true;
    return leavesAll(CancelledException.class);
  }

  RawPierflowServer server() {
    RawPierflowServer server = RawPierflowServer.start(way);
    strikes.forEach(strike -> server.plan(strike.stage, strike.times, strike.fault));
    if (gone) {
      server.hangUpBefore(stage);
    }
    return server;
  }

  ImportStage stage() {
    return stage;
  }

  /** How many packages the first run acknowledges. */
  int acknowledged() {
    return acknowledged;
  }

  int exitCode() {
    return exitCode;
  }

  /** How many requests of the stage the first run sends; empty when it is a matter of tries. */
  Optional<Integer> requests() {
    return requests == 0 || patience != null ? Optional.empty() : Optional.of(requests);
  }

  /** Why the first run is not complete; empty when it is. */
  Optional<Class<? extends Exception>> error() {
    return Optional.ofNullable(error);
  }

  /** Whether the caller stops after the first patient. */
  boolean stopsCaller() {
    return stopped;
  }

  /** Whether it asks nothing of the caller that only a program can do. */
  public boolean isForCommands() {
    return patience == null && !stopped;
  }

  /** How long the caller waits for an answer or a byte; as long as by default when empty. */
  Optional<Duration> patience() {
    return Optional.ofNullable(patience);
  }

  @Override
  public String toString() {
    return way == PierflowDownload.ZIP ? name + "_without_links" : name;
  }
}
