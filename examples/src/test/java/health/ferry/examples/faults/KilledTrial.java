package health.ferry.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An export in a process of its own that is killed as by {@code kill -9} and started again, until
 * it ends by itself.
 */
public final class KilledTrial implements AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Requests of an export in which nothing goes wrong, more or less. */
  private static final int REQUESTS = 11;

  private final Path directory;
  private final Launcher launcher;
  private final RawBulkServer server = RawBulkServer.start(World.plain());
  private final ExportFiles files;
  private final List<String> falsehoods = new CopyOnWriteArrayList<>();
  private volatile @Nullable Process process;

  /** Starts the export of a server into a directory. */
  @FunctionalInterface
  public interface Launcher {
    Process start(RawBulkServer server, Path directory) throws Exception;
  }

  public KilledTrial(Path directory, Launcher launcher) {
    this.directory = directory;
    this.launcher = launcher;
    this.files = new ExportFiles(directory, server.world().corpus().onDisk());
    server.beforeEachAnswer(() -> falsehoods.addAll(files.wrong()));
  }

  /** Killed at a moment, and run again. */
  public void killedAt(KillPoint point) throws Exception {
    server.plan(point.stage(), 1, point.fault());
    start();
    awaitUntil(() -> server.hasStruck(point.stage()) && files.names().size() == point.finished());
    kill();
    Set<String> finished = files.names();
    int before = server.requests().size();
    finish();
    assertNotFetched(finished, before);
    assertThat(count("/$export")).as("kick-offs").isEqualTo(point.kickOffs());
    assertThat(server.export().jobs()).as("jobs").isEqualTo(1);
  }

  /** Killed at some request of each run, so many times. */
  public void killedAgainAndAgain(int kills, long seed) throws Exception {
    Random random = new Random(seed);
    int killedAtKickOff = 0;
    for (int i = 0; i < kills; i++) {
      Set<String> finished = files.names();
      int before = server.requests().size();
      int left = REQUESTS - finished.size();
      killAtRequest(before + 1 + random.nextInt(left));
      List<Request> log = server.requests();
      killedAtKickOff += log.get(log.size() - 1).path().endsWith("/$export") ? 1 : 0;
      assertNotFetched(finished, before);
      assertThat(files.wrong()).as("kill %d of seed %d", i, seed).isEmpty();
    }
    finish();
    // Nobody can know whether a kick-off without an answer has started a job.
    assertThat(count("/$export")).as("kick-offs").isEqualTo(1 + killedAtKickOff);
  }

  /** The process is dead before its request is answered. */
  private void killAtRequest(int number) throws Exception {
    server.beforeEachAnswer(
        () -> {
          falsehoods.addAll(files.wrong());
          if (server.requests().size() == number) {
            kill();
          }
        });
    start();
    awaitUntil(() -> !isAlive());
  }

  private void start() throws Exception {
    process = launcher.start(server, directory);
  }

  private boolean isAlive() {
    return process != null && process.isAlive();
  }

  private void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  private static void awaitUntil(BooleanSupplier sight) throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!sight.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it comes in time").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private void finish() throws Exception {
    server.beforeEachAnswer(() -> falsehoods.addAll(files.wrong()));
    Process last = launcher.start(server, directory);
    process = last;
    assertThat(last.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
    assertThat(last.exitValue()).as("exit code").isZero();
    assertThat(falsehoods).as("false under a final name while it ran").isEmpty();
    assertThat(files.wrong()).as("false under a final name").isEmpty();
    assertThat(files.missing()).as("missing").isEmpty();
    assertThat(TokenRules.broken(server)).isEmpty();
  }

  private void assertNotFetched(Set<String> finished, int before) {
    assertThat(server.requests().stream().skip(before))
        .filteredOn(request -> request.path().endsWith(".ndjson"))
        .extracting(request -> server.world().corpus().nameOf(HonestExport.typeOf(request)))
        .as("finished files fetched again")
        .noneMatch(finished::contains);
  }

  private long count(String ending) {
    return server.requests().stream().filter(request -> request.path().endsWith(ending)).count();
  }

  @Override
  public void close() {
    kill();
    server.close();
  }
}
