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

  /** One scenario from its beginning to its end. */
  @FunctionalInterface
  public interface Course<S> {
    void run(S scenario, Path directory) throws Exception;
  }

  /** Runs all exports to their end, each in a directory of its own. */
  public static Trials of(List<Scenario> scenarios, Exporter exporter, Path folder)
      throws InterruptedException {
    return of(scenarios, (scenario, directory) -> Trial.run(scenario, exporter, directory), folder);
  }

  /** Runs all to their end, each in a directory of its own; a scenario's text is its name. */
  public static <S> Trials of(List<S> scenarios, Course<S> course, Path folder)
      throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
    try {
      Map<String, Future<?>> verdicts = new LinkedHashMap<>();
      for (S scenario : scenarios) {
        String name = scenario.toString();
        Callable<Boolean> trial =
            () -> {
              course.run(scenario, folder.resolve(name));
              return true;
            };
        assertThat(verdicts.put(name, threads.submit(trial)))
            .as("scenarios of the name %s", name)
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
  public void judge(Object scenario) throws InterruptedException {
    Future<?> verdict = Objects.requireNonNull(verdicts.get(scenario.toString()));
    try {
      verdict.get();
    } catch (ExecutionException failed) {
      throw new AssertionError(scenario + ": " + failed.getMessage(), failed.getCause());
    }
  }
}
