package health.ferry.core.internal.journal;

import java.io.IOException;

/** A journal holds a line that Ferry did not write so: nobody can know what was done. */
public final class DamagedJournalException extends IOException {

  private static final long serialVersionUID = 1;

  DamagedJournalException(int line) {
    super("line " + line + " of the journal is damaged");
  }
}
