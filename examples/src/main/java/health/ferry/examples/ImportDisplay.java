package health.ferry.examples;

import health.ferry.pierflow.ImportProgress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An import as it moves: one bar, or a few lines, for each package. Thread-safe. */
final class ImportDisplay implements Consumer<ImportProgress>, AutoCloseable {

  private final Output output;
  private String packageId = "";
  private @Nullable TallyDisplay display;

  ImportDisplay(Output output) {
    this.output = output;
  }

  @Override
  public synchronized void accept(ImportProgress progress) {
    int done = progress.imported() + progress.failed();
    String note = progress.failed() > 0 ? progress.failed() + " failed" : "";
    of(progress.packageId()).show(new Tally(done, progress.patients(), note));
  }

  private TallyDisplay of(String id) {
    if (display != null && id.equals(packageId)) {
      return display;
    }
    close();
    TallyDisplay next = TallyDisplay.on(output, "patients of " + id);
    packageId = id;
    display = next;
    return next;
  }

  @Override
  public synchronized void close() {
    if (display != null) {
      display.close();
      display = null;
    }
  }
}
