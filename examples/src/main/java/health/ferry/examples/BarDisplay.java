package health.ferry.examples;

import health.ferry.core.Progress;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/** A bulk export as two bars, one after the other: the server's work, then the files. */
final class BarDisplay implements ExportDisplay {

  private static final int WHOLE = 100;
  private static final long WHOLE_FILE = 1_000;

  private final PrintStream terminal;
  private final Map<String, Progress> files = new HashMap<>();
  private @Nullable ProgressBar bar;

  BarDisplay(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void onProgress(Progress progress) {
    switch (progress.kind()) {
      case STARTED -> draw("Server", WHOLE, 1);
      case POLLED -> polled(progress);
      case RESULT_KNOWN -> {
        if (bar != null) {
          bar.stepTo(WHOLE);
        }
        close();
        files.clear();
      }
      case FILE_STARTED, FILE_BYTES, FILE_DONE, FILE_FAILED -> moved(progress);
    }
  }

  private void polled(Progress progress) {
    ProgressBar server = bar == null ? draw("Server", WHOLE, 1) : bar;
    OptionalInt percent = ServerWords.percent(progress);
    if (percent.isPresent()) {
      server.stepTo(percent.getAsInt());
    } else {
      server.setExtraMessage(ServerWords.of(progress));
    }
  }

  /** The server does not say how many files there are, so those that have begun are the whole. */
  private void moved(Progress progress) {
    ProgressBar downloads = bar == null ? draw("Files", -1, WHOLE_FILE) : bar;
    progress.file().ifPresent(name -> files.put(name, progress));
    long bytes = files.values().stream().mapToLong(Progress::bytes).sum();
    downloads.maxHint(files.size() * WHOLE_FILE);
    downloads.stepTo(files.values().stream().mapToLong(BarDisplay::partOfFile).sum());
    downloads.setExtraMessage(" " + ByteSize.of(bytes));
  }

  private static long partOfFile(Progress file) {
    if (file.kind() == Progress.Kind.FILE_DONE) {
      return WHOLE_FILE;
    }
    long total = file.totalBytes().orElse(0);
    return total > 0 ? Math.min(WHOLE_FILE - 1, WHOLE_FILE * file.bytes() / total) : 0;
  }

  private ProgressBar draw(String task, long max, long unitSize) {
    ProgressBar drawn = TerminalLine.bar(task, max, unitSize, terminal);
    bar = drawn;
    return drawn;
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
