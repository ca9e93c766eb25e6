package health.ferry.hami;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import health.ferry.core.WebhookReplayStore;
import health.ferry.core.WebhookResponse;
import health.ferry.core.WebhookVerificationException;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.webhook.Delivery;
import health.ferry.core.internal.webhook.MessageId;
import health.ferry.core.internal.webhook.WebhookBody;
import health.ferry.core.internal.webhook.WebhookHeaders;
import health.ferry.core.internal.webhook.WebhookKeys;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Receives HAMI's intake summary webhook, under whatever HTTP server the application has.
 *
 * <pre>{@code
 * IntakeSummaryReceiver receiver =
 *     IntakeSummaryReceiver.builder(Secret.fromEnv("INTAKE_KEY")).build();
 * // in a handler of POST requests:
 * WebhookResponse answer = receiver.handle(headers, body, summaries::store);
 * }</pre>
 *
 * <p>HAMI proves itself by {@code X-API-KEY} alone, the key that the facility gave it; there is no
 * signature, so the endpoint must speak https. The key is compared in constant time before the body
 * is read. HAMI expects an answer within 5 seconds, may send a message more than once, and gives it
 * no id: a message is known again by its bytes (reference page "Intake Summary Webhook").
 *
 * <p>Immutable and thread-safe; starts no threads and holds nothing to close.
 */
public final class IntakeSummaryReceiver {

  private static final CallInfo RECEIVE = CallInfo.of("HAMI", "intake summary webhook");
  private static final String KEY_HEADER = "X-API-KEY";
  private static final int REMEMBERED = 10_000;

  private final WebhookKeys keys;
  private final WebhookReplayStore store;
  private final int maxBytes;

  private IntakeSummaryReceiver(Builder builder) {
    this.keys = new WebhookKeys(builder.keys);
    this.store = builder.store;
    this.maxBytes = builder.maxBytes;
  }

  /**
   * Starts a receiver.
   *
   * @param key the key that the facility gave to HAMI
   * @return its settings, with defaults: bodies of at most 1 MiB, the last 10,000 messages in
   *     memory
   */
  public static Builder builder(Secret key) {
    return new Builder(key);
  }

  /**
   * Verifies and reads a message, and notes that it came.
   *
   * @param headers of the request; names in any case
   * @param body its bytes, as they came
   * @return the summary; {@link IntakeSummary#isRepeated()} tells whether it came before
   * @throws WebhookVerificationException when the key is missing or wrong
   * @throws InvalidInputException when the body is too long, no JSON object, or names no
   *     appointment
   */
  public IntakeSummary receive(Map<String, List<String>> headers, byte[] body) {
    if (!isFromHami(headers)) {
      throw new WebhookVerificationException(
          RECEIVE, KEY_HEADER + " is missing, comes twice, or is not the key", null);
    }
    if (body.length > maxBytes) {
      throw refused("body", "must not be longer than " + maxBytes + " bytes");
    }
    return read(body);
  }

  /**
   * Answers a request: reads the message, and hands it on unless it came before.
   *
   * <p>The summary is handed on in this thread, and HAMI waits: store it and return. What the
   * consumer throws is thrown on, and the message counts as not received.
   *
   * @param headers of the request; names in any case
   * @param body its bytes; read up to the limit, and not closed
   * @param summaries takes each summary once
   * @return without a body: 200 when it was received, now or before; 401 for a wrong key; 413 for a
   *     body that is too long; 400 for one that is no intake summary
   * @throws IOException when the body cannot be read
   */
  public WebhookResponse handle(
      Map<String, List<String>> headers, InputStream body, Consumer<IntakeSummary> summaries)
      throws IOException {
    if (!isFromHami(headers)) {
      return WebhookResponse.of(401);
    }
    Optional<byte[]> bytes = WebhookBody.read(body, maxBytes);
    if (bytes.isEmpty()) {
      return WebhookResponse.of(413);
    }
    IntakeSummary summary;
    try {
      summary = read(bytes.get());
    } catch (InvalidInputException unreadable) {
      return WebhookResponse.of(400);
    }
    if (!summary.isRepeated()) {
      Delivery.handOn(summary, messageId(bytes.get()), store, summaries);
    }
    return WebhookResponse.of(200);
  }

  private boolean isFromHami(Map<String, List<String>> headers) {
    return WebhookHeaders.single(headers, KEY_HEADER).filter(keys::accept).isPresent();
  }

  private IntakeSummary read(byte[] body) {
    JsonNode message = tree(body);
    List<Violation> violations = new ArrayList<>();
    if (message.path("appointmentId").asText().isBlank()) {
      violations.add(new Violation("appointmentId", "must be there, and not blank"));
    }
    if (!message.path("intakeSummary").isObject()) {
      violations.add(new Violation("intakeSummary", "must be a JSON object"));
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputException(RECEIVE, violations);
    }
    return new IntakeSummary(body, message, !store.add(messageId(body)));
  }

  private static JsonNode tree(byte[] body) {
    try {
      return JsonTree.read(body);
    } catch (IOException broken) {
      // Its message may quote the body.
      throw refused("body", "must be JSON");
    }
  }

  /** By all bytes, the appointment's id among them: HAMI gives a message none. */
  private static String messageId(byte[] body) {
    return MessageId.of("hami-intake-summary", body);
  }

  private static InvalidInputException refused(String path, String rule) {
    return new InvalidInputException(RECEIVE, List.of(new Violation(path, rule)));
  }

  /** Without the keys. */
  @Override
  public String toString() {
    return "IntakeSummaryReceiver[" + keys + ']';
  }

  /** Settings of a receiver. Not thread-safe. */
  public static final class Builder {

    private final List<Secret> keys = new ArrayList<>();
    private WebhookReplayStore store = WebhookReplayStore.inMemory(REMEMBERED);
    private int maxBytes = WebhookBody.DEFAULT_MAX_BYTES;

    private Builder(Secret key) {
      alsoAccept(key);
    }

    /**
     * Accepts one more key, while HAMI changes from one to the other.
     *
     * @param key the other key
     * @return this builder
     */
    public Builder alsoAccept(Secret key) {
      keys.add(Objects.requireNonNull(key, "key"));
      return this;
    }

    /**
     * Where messages are remembered; by default the last 10,000, in this process's memory.
     *
     * @param store the application's own
     * @return this builder
     */
    public Builder replayStore(WebhookReplayStore store) {
      this.store = Objects.requireNonNull(store, "store");
      return this;
    }

    /**
     * How long a body may be.
     *
     * @param bytes at least 1; 1 MiB by default
     * @return this builder
     */
    public Builder maxBodyBytes(int bytes) {
      this.maxBytes = bytes;
      return this;
    }

    /**
     * Makes the receiver.
     *
     * @return a receiver with these settings
     * @throws ConfigurationException when the limit is out of range
     */
    public IntakeSummaryReceiver build() {
      if (maxBytes < 1 || maxBytes == Integer.MAX_VALUE) {
        throw new ConfigurationException(
            CallInfo.of("HAMI", "configuration"),
            List.of(new Violation("maxBodyBytes", "must be from 1 to 2147483646")));
      }
      return new IntakeSummaryReceiver(this);
    }
  }
}
