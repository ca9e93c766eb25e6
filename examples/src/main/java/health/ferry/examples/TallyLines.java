package health.ferry.examples;

/** Counted work as plain lines, fit for a log: about ten, however much it is. Thread-safe. */
final class TallyLines implements TallyDisplay {

  private static final int MOST_LINES = 10;

  private final Output output;
  private final String things;
  private long lastPart = -1;

  TallyLines(Output output, String things) {
    this.output = output;
    this.things = things;
  }

  @Override
  public synchronized void show(Tally tally) {
    long part = MOST_LINES * tally.done() / Math.max(1, tally.all());
    if (part != lastPart) {
      lastPart = part;
      output.line("  %d of %d %s%s".formatted(tally.done(), tally.all(), things, note(tally)));
    }
  }

  private static String note(Tally tally) {
    return tally.note().isEmpty() ? "" : ", " + tally.note();
  }

  @Override
  public void close() {
    // A line is out when it is written.
  }
}
