package health.ferry.examples;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** Counted work as one bar. Thread-safe. */
final class TallyBar implements TallyDisplay {

  private final PrintStream terminal;
  private final String task;
  private @Nullable ProgressBar bar;

  TallyBar(PrintStream terminal, String things) {
    this.terminal = terminal;
    this.task = things.substring(0, 1).toUpperCase(Locale.ROOT) + things.substring(1);
  }

  @Override
  public synchronized void show(Tally tally) {
    if (bar == null) {
      bar = TerminalLine.bar(task, tally.all(), 1, terminal);
    }
    bar.maxHint(tally.all());
    bar.stepTo(tally.done());
    bar.setExtraMessage(" " + tally.note());
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
