package health.ferry.core.internal.journal;

import java.io.IOException;

/** Another process, or another part of this one, writes the journal. */
public final class JournalInUseException extends IOException {

  private static final long serialVersionUID = 1;

  JournalInUseException() {
    super("the journal is in use");
  }
}
