package health.ferry.examples;

import health.ferry.hami.IngestionProgress;
import java.time.Duration;

/** A submission in numbers: how much is answered, how fast it goes, how long it takes still. */
final class SubmissionPace {

  private SubmissionPace() {}

  static Tally of(IngestionProgress progress) {
    int answered = progress.accepted() + progress.rejected();
    return new Tally(answered, (long) answered + progress.pending(), note(progress));
  }

  private static String note(IngestionProgress progress) {
    String refused = progress.rejected() > 0 ? progress.rejected() + " refused, " : "";
    String rate = "%s%.0f a minute".formatted(refused, progress.perMinute());
    return progress.pending() == 0
        ? rate
        : rate + progress.timeLeft().map(left -> ", " + words(left) + " left").orElse("");
  }

  private static String words(Duration left) {
    long seconds = left.toSeconds();
    return seconds < 90 ? seconds + " s" : Math.round(seconds / 60.0) + " min";
  }
}
