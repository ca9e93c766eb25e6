package health.ferry.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

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

  /** A way with its name, and its times so far. */
  private record Runner(String name, Way way, List<Double> seconds) {
    double best() {
      return sorted().get(0);
    }

    double median() {
      return sorted().get(seconds.size() / 2);
    }

    private List<Double> sorted() {
      return seconds.stream().sorted().toList();
    }
  }

  private final Path folder;
  private final long promisedBytes;
  private final List<Runner> runners = new ArrayList<>();

  /**
   * A race.
   *
   * @param folder where each way writes, removed after each turn
   * @param promisedBytes what each way must have written, or its time is worth nothing
   */
  Race(Path folder, long promisedBytes) {
    this.folder = folder;
    this.promisedBytes = promisedBytes;
  }

  Race with(String name, Way way) {
    runners.add(new Runner(name, way, new ArrayList<>()));
    return this;
  }

  /** Runs all ways some times for warmth, then in turns, and prints the figures of those. */
  void run(int warmUps, int rounds) throws IOException, InterruptedException {
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
    print();
  }

  private double turn(Way way) throws IOException, InterruptedException {
    Path into = Files.createDirectory(folder.resolve("turn"));
    double took = way.seconds(into);
    long written = Folders.bytes(into);
    if (written != promisedBytes) {
      throw new IllegalStateException(written + " bytes instead of " + promisedBytes);
    }
    Folders.delete(into);
    return took;
  }

  private void print() {
    Runner first = runners.get(0);
    System.out.printf("%-52s %8s %8s %7s %7s%n", "", "best ms", "median", "best", "median");
    for (Runner runner : runners) {
      System.out.printf(
          "%-52s %8.0f %8.0f %6.2fx %6.2fx%n",
          runner.name(),
          runner.best() * 1000,
          runner.median() * 1000,
          runner.best() / first.best(),
          runner.median() / first.median());
    }
  }
}
