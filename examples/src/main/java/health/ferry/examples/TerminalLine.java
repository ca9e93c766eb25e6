package health.ferry.examples;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * The line on which a bar is drawn, over and over. The library's own would ask the terminal for its
 * width through a native library.
 */
final class TerminalLine implements ProgressBarConsumer {

  private static final int NARROWEST_TERMINAL = 79;
  private static final int REDRAW_MILLIS = 100;

  private final PrintStream terminal;

  TerminalLine(PrintStream terminal) {
    this.terminal = terminal;
  }

  /**
   * A bar on its own line.
   *
   * @param unitSize how many steps make one of what is shown
   */
  static ProgressBar bar(String task, long max, long unitSize, PrintStream terminal) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(max)
        .setUnit("", unitSize)
        .setStyle(ProgressBarStyle.UNICODE_BLOCK)
        .setUpdateIntervalMillis(REDRAW_MILLIS)
        .continuousUpdate()
        .hideEta()
        .setConsumer(new TerminalLine(terminal))
        .build();
  }

  @Override
  public int getMaxRenderedLength() {
    return NARROWEST_TERMINAL;
  }

  @Override
  public void accept(String bar) {
    terminal.print("\r" + bar);
    terminal.flush();
  }

  /** The line is ended by the display: a bar that was never drawn again would not ask for it. */
  @Override
  public void close() {
    terminal.flush();
  }
}
