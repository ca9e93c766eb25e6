package health.ferry.core.internal.poll;

import health.ferry.core.Progress;
import health.ferry.core.ProgressListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
      try {
        listener.onProgress(progress);
      } catch (RuntimeException thrown) {
        log.warn("A progress listener threw {}; ignored", thrown.getClass().getName());
      }
    }
  }
}
