package health.ferry.examples;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * The line on which a bar is drawn, over and over. The library's own would ask the terminal for its
 * width through a native library.
 */
final class TerminalLine implements ProgressBarConsumer {

  private static final int NARROWEST_TERMINAL = 79;

  private final PrintStream terminal;

  TerminalLine(PrintStream terminal) {
    this.terminal = terminal;
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
