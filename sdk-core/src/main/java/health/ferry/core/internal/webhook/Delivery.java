package health.ferry.core.internal.webhook;

import health.ferry.core.WebhookReplayStore;
import java.util.function.Consumer;

/** Handing a message on, which counts as received only when its consumer took it. */
public final class Delivery {

  private Delivery() {}

  /**
   * Hands a message on. What the consumer throws is thrown on, and the store forgets the message,
   * so that its next delivery counts.
   *
   * @param messageId as it was added to the store
   */
  public static <M> void handOn(
      M message, String messageId, WebhookReplayStore store, Consumer<? super M> consumer) {
    boolean taken = false;
    try {
      consumer.accept(message);
      taken = true;
    } finally {
      if (!taken) {
        store.remove(messageId);
      }
    }
  }
}
