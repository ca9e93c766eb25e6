package health.ferry.bulkfhir;

/** How far an export has come, on disk with each step. Used by the thread that leads the export. */
final class Checkpoint {

  private final ExportDirectory directory;
  private ExportState state;

  /** The state may be on disk already, or still be to be saved. */
  Checkpoint(ExportDirectory directory, ExportState state) {
    this.directory = directory;
    this.state = state;
  }

  ExportDirectory directory() {
    return directory;
  }

  ExportState state() {
    return state;
  }

  void save(ExportState next) {
    directory.save(next);
    state = next;
  }

  void saveIfChanged(ExportState next) {
    if (!next.equals(state)) {
      save(next);
    }
  }
}
