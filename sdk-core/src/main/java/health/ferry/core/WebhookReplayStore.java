package health.ferry.core;

import health.ferry.core.internal.webhook.RecentMessages;

/**
 * Remembers which webhook messages came already, since partners may send one more than once. The
 * default keeps them in memory; an application of several processes gives one over its database.
 *
 * <p>Implementations are thread-safe. An id is a name or hash without personal data.
 */
public interface WebhookReplayStore {

  /**
   * Notes a message, in one step with looking for it.
   *
   * @param messageId the message
   * @return whether it is new
   */
  boolean add(String messageId);

  /**
   * Forgets a message that could not be handled, so that its next delivery counts.
   *
   * @param messageId the message
   */
  void remove(String messageId);

  /**
   * Keeps ids in this process's memory.
   *
   * @param messages how many; the one that came first is forgotten first
   * @return an empty store
   * @throws IllegalArgumentException when the number is not positive
   */
  static WebhookReplayStore inMemory(int messages) {
    return new RecentMessages(messages);
  }
}
