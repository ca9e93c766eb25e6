package health.ferry.examples;

import health.ferry.core.ProgressListener;

/** Shows a bulk export as it moves. */
interface ExportDisplay extends ProgressListener, AutoCloseable {

  /** Bars on a terminal, plain lines otherwise. */
  static ExportDisplay on(Output output) {
    return output.isTerminal() ? new BarDisplay(output.stream()) : new LineDisplay(output);
  }

  /** Leaves the screen so that others can write on. */
  @Override
  void close();
}
