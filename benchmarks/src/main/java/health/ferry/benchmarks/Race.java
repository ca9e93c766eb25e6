package health.ferry.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same work done in several ways, in turns, so that a noisy machine is noisy for all. The first
 * way is what the others are compared with.
 */
final class Race {

  /** One way to do the work, into an empty folder. */
  @FunctionalInterface
  interface Way {
    /** Does it, and tells how many seconds it took. */
    double seconds(Path into) throws IOException, InterruptedException;
  }

  /** What each turn must have left, or its time is worth nothing. */
  @FunctionalInterface
  interface Promise {
    /** Throws when something is missing or more than there should be. */
    void requireKept(Path into) throws IOException;
  }

  /** What a way took, in seconds. */
  record Times(double best, double median) {}

  /** A way with its name, and its times so far. */
  private record Runner(String name, Way way, List<Double> seconds) {
    Times times() {
      List<Double> sorted = seconds.stream().sorted().toList();
      return new Times(sorted.get(0), sorted.get(sorted.size() / 2));
    }
  }

  private final Path folder;
  private final Promise promise;
  private final List<Runner> runners = new ArrayList<>();

  /**
   * A race.
   *
   * @param folder where each way writes, removed after each turn
   * @param promisedBytes how much each way must have written
   */
  Race(Path folder, long promisedBytes) {
    this(folder, into -> Folders.requireBytes(promisedBytes, into));
  }

  Race(Path folder, Promise promise) {
    this.folder = folder;
    this.promise = promise;
  }

  Race with(String name, Way way) {
    runners.add(new Runner(name, way, new ArrayList<>()));
    return this;
  }

  /**
   * Runs all ways some times for warmth, then in turns, and prints the figures of those.
   *
   * @return the times by the names of the ways
   */
  Map<String, Times> run(int warmUps, int rounds) throws IOException, InterruptedException {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    System.out.printf("%d rounds, load %.1f before%n", rounds, load);
    for (int i = 0; i < warmUps; i++) {
      for (Runner runner : runners) {
        turn(runner.way());
      }
    }
    List<Runner> order = new ArrayList<>(runners);
    for (int round = 0; round < rounds; round++) {
      for (Runner runner : order) {
        runner.seconds().add(turn(runner.way()));
      }
      // Nobody always follows the same neighbour.
      Collections.rotate(order, 1);
    }
    return print();
  }

  private double turn(Way way) throws IOException, InterruptedException {
    Path into = Files.createDirectory(folder.resolve("turn"));
    double took = way.seconds(into);
    promise.requireKept(into);
    Folders.delete(into);
    return took;
  }

  private Map<String, Times> print() {
    Map<String, Times> all = new LinkedHashMap<>();
    Times first = runners.get(0).times();
    System.out.printf("%-52s %8s %8s %7s %7s%n", "", "best ms", "median", "best", "median");
    for (Runner runner : runners) {
      Times times = runner.times();
      all.put(runner.name(), times);
      System.out.printf(
          "%-52s %8.0f %8.0f %6.2fx %6.2fx%n",
          runner.name(),
          times.best() * 1000,
          times.median() * 1000,
          times.best() / first.best(),
          times.median() / first.median());
    }
    return all;
  }
}
