package health.ferry.examples;

import health.ferry.hami.IngestionProgress;
import java.time.Duration;

/** A submission as plain lines, fit for a log: about ten, however much it is. Thread-safe. */
final class SubmissionLines implements SubmissionDisplay {

  private static final int MOST_LINES = 10;

  private final Output output;
  private int lastPart = -1;

  SubmissionLines(Output output) {
    this.output = output;
  }

  @Override
  public synchronized void accept(IngestionProgress progress) {
    int answered = progress.accepted() + progress.rejected();
    int all = answered + progress.pending();
    int part = MOST_LINES * answered / all;
    if (part != lastPart) {
      lastPart = part;
      output.line("  %s".formatted(words(answered, all, progress)));
    }
  }

  private static String words(int answered, int all, IngestionProgress progress) {
    return "%d of %d bundles%s, %s"
        .formatted(
            answered,
            all,
            progress.rejected() > 0 ? " (" + progress.rejected() + " refused)" : "",
            pace(progress));
  }

  static String pace(IngestionProgress progress) {
    String rate = "%.0f a minute".formatted(progress.perMinute());
    return progress.pending() == 0
        ? rate
        : rate + progress.timeLeft().map(left -> ", " + words(left) + " left").orElse("");
  }

  private static String words(Duration left) {
    long seconds = left.toSeconds();
    return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
  }

  @Override
  public void close() {
    // A line is out when it is written.
  }
}
