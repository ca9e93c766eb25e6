package health.ferry.pierflow;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** News for a caller's listener, which must not disturb the work. */
final class Told {

  private static final Logger log = LoggerFactory.getLogger(Told.class);

  private Told() {}

  /** Tells the listener; what it throws is logged and dropped. */
  static <T> void tell(Consumer<T> listener, T news) {
    try {
      listener.accept(news);
    } catch (RuntimeException thrown) {
      log.warn("A listener threw {}; ignored", thrown.getClass().getName());
    }
  }
}
