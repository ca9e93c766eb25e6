package health.ferry.examples;

import health.ferry.core.Progress;

/** A bulk export as plain lines, fit for a log: one for each piece of news. Thread-safe. */
final class LineDisplay implements ExportDisplay {

  private final Output output;
  private String lastWords = "";

  LineDisplay(Output output) {
    this.output = output;
  }

  @Override
  public synchronized void onProgress(Progress progress) {
    switch (progress.kind()) {
      case STARTED -> output.line("The server prepares the export.");
      case POLLED -> say(ServerWords.of(progress));
      case RESULT_KNOWN -> output.line("The export is ready; its files come.");
      case FILE_DONE -> file(progress, ByteSize.of(progress.bytes()));
      case FILE_FAILED -> file(progress, "failed");
      case FILE_STARTED, FILE_BYTES -> {
        // A line each would be noise.
      }
    }
  }

  private void say(String words) {
    if (!words.isEmpty() && !words.equals(lastWords)) {
      lastWords = words;
      output.line("  " + words);
    }
  }

  private void file(Progress progress, String news) {
    output.line("  %-32s %10s".formatted(progress.file().orElse(""), news));
  }

  @Override
  public void close() {
    // A line is out when it is written.
  }
}
