package health.ferry.examples;

import health.ferry.core.FerryException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What all subcommands share: four options, one result at the end, errors as one line. */
abstract class Flow implements Callable<Integer> {

  /** Below a subcommand's own options in its help. */
  private static final int LAST = 1;

  @Option(
      names = "--deadline",
      order = LAST,
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long the whole run may take: 90s, 10m, 2h or PT10M. 24h by default.")
  private @Nullable Duration deadline;

  @Option(
      names = "--insecure-http",
      order = LAST,
      description = "Allow http also to other machines. Everything sent can be read on the way.")
  boolean insecureHttp;

  @Option(
      names = "--json",
      order = LAST,
      description =
          "End standard output with the result as one line of JSON; the rest moves to"
              + " standard error.")
  @SuppressWarnings("UnusedVariable") // Ferry looks for it first: a wrong usage has a result too.
  private boolean json;

  @Option(names = "--verbose", description = "Log each request and retry on standard error.")
  private boolean verbose;

  private final Output output;

  Flow(Output output) {
    this.output = output;
  }

  /** Does the work. */
  abstract Report run(Output output) throws InterruptedException;

  /** What a failure of the work comes to. */
  abstract Report explain(FerryException failure);

  /** The result's fields when there is nothing to tell. */
  abstract Map<String, ? extends @Nullable Object> noFields();

  Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  boolean isVerbose() {
    return verbose;
  }

  @Override
  public final Integer call() {
    if (verbose) {
      // Read when the first logger is made, and that is after this.
      System.setProperty("org.slf4j.simpleLogger.log.health.ferry", "debug");
    }
    try (Interruption interruption = Interruption.ofThisThread()) {
      Report report = report(interruption);
      output.result(report);
      return interruption.happened() ? Interruption.EXIT_CODE : report.status().code();
    }
  }

  private Report report(Interruption interruption) {
    try {
      return run(output);
    } catch (ParameterException usage) {
      throw usage;
    } catch (FerryException failure) {
      trace(failure);
      return interruption.happened() ? interrupted() : explain(failure);
    } catch (UncheckedIOException disk) {
      trace(disk);
      return new Report(ExitStatus.INCOMPLETE, DiskFailure.describe(disk), noFields());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return interrupted();
    } catch (RuntimeException unexpected) {
      trace(unexpected);
      String kind = unexpected.getClass().getSimpleName();
      return new Report(
          ExitStatus.FAILED,
          "An error inside Ferry: " + kind + ". Run again with --verbose and report the trace.",
          noFields());
    }
  }

  private Report interrupted() {
    return new Report(
        ExitStatus.INCOMPLETE,
        "Interrupted. What has come is kept; run the same command again to resume.",
        noFields());
  }

  private void trace(Throwable failure) {
    if (verbose) {
      output.errors().println(RedactedTrace.of(failure));
    }
  }
}
