package health.ferry.pierflow;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * A verified message of Pierflow's webhook. Ask what it is with {@code instanceof}: {@link
 * ImportPackageReady}, {@link ProcessingJobCompleted}, {@link ProcessingJobFailed}, {@link
 * TestPing}; any other has {@link #type()} and {@link #raw()}.
 *
 * <p>Fields that Pierflow may leave out are empty when they are absent, null or of another kind
 * than its documentation says. {@link #toString()} shows no value. Immutable.
 *
 * <p>Source: fact sheet, 9 (envelope and events of the Records API).
 */
public abstract class PierflowEvent {

  private final EventMessage message;
  private final boolean repeated;

  PierflowEvent(EventMessage message, boolean repeated) {
    this.message = message;
    this.repeated = repeated;
  }

  /**
   * What it tells about.
   *
   * @return open: any event that the endpoint has subscribed to
   */
  public final PierflowEventType type() {
    return message.type();
  }

  /**
   * When Pierflow made the message; its second delivery says the same.
   *
   * @return empty when it is missing, or is no time with an offset
   */
  public final Optional<Instant> emittedAt() {
    return message.envelope().instant("emitted_at");
  }

  /**
   * To which partner it is addressed.
   *
   * @return Pierflow's id of the partner
   */
  public final Optional<String> partnerId() {
    return message.envelope().text("partner_id");
  }

  /**
   * Whether the same message came before; {@link PierflowWebhooks} tells which ones are the same.
   *
   * @return true when the replay store knew it
   */
  public final boolean isRepeated() {
    return repeated;
  }

  /**
   * The message as it was received.
   *
   * @return its JSON
   */
  public final String raw() {
    return new String(message.body(), StandardCharsets.UTF_8);
  }

  final Fields data() {
    return message.data();
  }

  /** An id without which the message would have been refused. */
  final String subject() {
    return message.subject().orElseThrow();
  }

  /** The kind and the size alone. */
  @Override
  public final String toString() {
    return getClass().getSimpleName() + '[' + message.body().length + " bytes]";
  }
}
