package health.ferry.examples;

import health.ferry.hami.IngestionProgress;
import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A submission as one bar. */
final class SubmissionBar implements SubmissionDisplay {

  private final PrintStream terminal;
  private @Nullable ProgressBar bar;

  SubmissionBar(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void accept(IngestionProgress progress) {
    int answered = progress.accepted() + progress.rejected();
    if (bar == null) {
      bar = TerminalLine.bar("Bundles", (long) answered + progress.pending(), 1, terminal);
    }
    bar.stepTo(answered);
    bar.setExtraMessage(" " + SubmissionLines.pace(progress));
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      terminal.println();
      terminal.flush();
    }
  }
}
