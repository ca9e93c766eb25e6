package health.ferry.examples;

/** Shows work that is counted, as it moves. */
interface TallyDisplay extends AutoCloseable {

  /**
   * A bar on a terminal, plain lines otherwise.
   *
   * @param things what is counted, such as {@code bundles}
   */
  static TallyDisplay on(Output output, String things) {
    return output.isTerminal()
        ? new TallyBar(output.stream(), things)
        : new TallyLines(output, things);
  }

  void show(Tally tally);

  /** Leaves the screen so that others can write on. */
  @Override
  void close();
}
