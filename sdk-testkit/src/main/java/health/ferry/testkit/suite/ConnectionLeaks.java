package health.ferry.testkit.suite;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Hears OkHttp say that a response body was not closed. Knows OkHttp by its logger's name alone.
 */
final class ConnectionLeaks extends Handler implements AutoCloseable {

  private static final String LOGGER = "okhttp3.OkHttpClient";
  private static final String COMPLAINT = "was leaked";

  // The log manager holds loggers weakly; a collected one would lose this handler.
  private final Logger logger = Logger.getLogger(LOGGER);
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  ConnectionLeaks() {
    logger.addHandler(this);
  }

  @Override
  public void publish(LogRecord entry) {
    String message = entry.getMessage();
    if (message != null && message.contains(COMPLAINT)) {
      complaints.add(message);
    }
  }

  List<String> take() {
    List<String> taken = List.copyOf(complaints);
    complaints.removeAll(taken);
    return taken;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    logger.removeHandler(this);
  }
}
