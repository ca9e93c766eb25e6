package health.ferry.examples;

import health.ferry.core.Progress;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bulk export as two bars, one after the other: the server's work, then the files' bytes. */
final class BarDisplay implements ExportDisplay {

  private static final int REDRAW_MILLIS = 100;

  private final PrintStream terminal;
  private final Map<String, Progress> files = new HashMap<>();
  private @Nullable ProgressBar bar;

  BarDisplay(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void onProgress(Progress progress) {
    switch (progress.kind()) {
      case STARTED -> draw("Server", 100, "", 1);
      case POLLED -> polled(progress);
      case RESULT_KNOWN -> {
        close();
        files.clear();
      }
      case FILE_STARTED, FILE_BYTES, FILE_DONE, FILE_FAILED -> moved(progress);
    }
  }

  private void polled(Progress progress) {
    ProgressBar server = bar == null ? draw("Server", 100, "", 1) : bar;
    OptionalInt percent = ServerWords.percent(progress);
    if (percent.isPresent()) {
      server.stepTo(percent.getAsInt());
    } else {
      server.setExtraMessage(ServerWords.of(progress));
    }
  }

  private void moved(Progress progress) {
    ProgressBar downloads = bar == null ? draw("Files", -1, " kB", 1_000) : bar;
    progress.file().ifPresent(name -> files.put(name, progress));
    long here = files.values().stream().mapToLong(Progress::bytes).sum();
    long known =
        files.values().stream()
            .mapToLong(file -> Math.max(file.bytes(), file.totalBytes().orElse(0)))
            .sum();
    long done =
        files.values().stream().filter(file -> file.kind() == Progress.Kind.FILE_DONE).count();
    downloads.maxHint(known > 0 ? known : -1);
    downloads.stepTo(here);
    downloads.setExtraMessage(" " + done + " of " + files.size() + " files");
  }

  private ProgressBar draw(String task, long max, String unit, long unitSize) {
    ProgressBar drawn =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(max)
            .setUnit(unit, unitSize)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .continuousUpdate()
            .hideEta()
            .setConsumer(new TerminalLine(terminal))
            .build();
    bar = drawn;
    return drawn;
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
