package health.ferry.core.internal.poll;

import health.ferry.core.Progress;
import health.ferry.core.ProgressListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells several listeners; one that throws disturbs neither the work nor the others. */
public final class Listeners implements ProgressListener {

  private static final Logger log = LoggerFactory.getLogger(Listeners.class);

  private final List<ProgressListener> listeners = new CopyOnWriteArrayList<>();

  public Listeners(ProgressListener... listeners) {
    this.listeners.addAll(List.of(listeners));
  }

  public void add(ProgressListener listener) {
    listeners.add(listener);
  }

  @Override
  public void onProgress(Progress progress) {
    for (ProgressListener listener : listeners) {
      tell(listener::onProgress, progress);
    }
  }

  /** Tells one listener, of whatever kind; what it throws is logged and dropped. */
  public static <T> void tell(Consumer<T> listener, T news) {
    try {
      listener.accept(news);
    } catch (RuntimeException thrown) {
      log.warn("A listener threw {}; ignored", thrown.getClass().getName());
    }
  }
}
