package health.ferry.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Many scenarios side by side, since each spends most of its time in waits, and a verdict on each.
 */
public final class Trials {

  private static final int SIDE_BY_SIDE = 32;

  private final Map<String, Future<?>> verdicts;

  private Trials(Map<String, Future<?>> verdicts) {
    this.verdicts = verdicts;
  }

  /** Runs all to their end, each in a directory of its own. */
  public static Trials of(List<Scenario> scenarios, Exporter exporter, Path folder)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
    try {
      Map<String, Future<?>> verdicts = new LinkedHashMap<>();
      for (Scenario scenario : scenarios) {
        Callable<Boolean> trial =
            () -> {
              Trial.run(scenario, exporter, folder.resolve(scenario.name()));
              return true;
            };
        assertThat(verdicts.put(scenario.name(), threads.submit(trial)))
            .as("scenarios of the name %s", scenario.name())
            .isNull();
      }
      threads.shutdown();
      assertThat(threads.awaitTermination(5, TimeUnit.MINUTES)).as("all have ended").isTrue();
      return new Trials(verdicts);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Fails as the scenario failed. */
  public void judge(Scenario scenario) throws InterruptedException {
    Future<?> verdict = Objects.requireNonNull(verdicts.get(scenario.name()));
    try {
      verdict.get();
    } catch (ExecutionException failed) {
      throw new AssertionError(scenario + ": " + failed.getMessage(), failed.getCause());
    }
  }
}
