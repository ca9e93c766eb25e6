package health.ferry.core.internal.webhook;

import health.ferry.core.WebhookReplayStore;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The ids of the last messages, in memory. */
public final class RecentMessages implements WebhookReplayStore {

  private final int most;
  private final Set<String> ids = new LinkedHashSet<>();

  /**
   * Makes an empty store.
   *
   * @param most how many ids it keeps
   */
  public RecentMessages(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("must keep one message at least");
    }
    this.most = most;
  }

  @Override
  public synchronized boolean add(String messageId) {
    boolean added = ids.add(messageId);
    if (ids.size() > most) {
      Iterator<String> first = ids.iterator();
      first.next();
      first.remove();
    }
    return added;
  }

  @Override
  public synchronized void remove(String messageId) {
    ids.remove(messageId);
  }

  /** How many it holds. */
  @Override
  public synchronized String toString() {
    return "RecentMessages[" + ids.size() + " of " + most + ']';
  }
}
