package health.ferry.examples;

import health.ferry.hami.IngestionProgress;
import java.util.function.Consumer;

/** Shows a submission as it moves: how much, how fast, how long still. */
interface SubmissionDisplay extends Consumer<IngestionProgress>, AutoCloseable {

  /** A bar on a terminal, plain lines otherwise. */
  static SubmissionDisplay on(Output output) {
    return output.isTerminal() ? new SubmissionBar(output.stream()) : new SubmissionLines(output);
  }

  /** Leaves the screen so that others can write on. */
  @Override
  void close();
}
