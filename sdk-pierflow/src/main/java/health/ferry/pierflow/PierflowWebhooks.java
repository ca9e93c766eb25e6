package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import health.ferry.core.WebhookReplayStore;
import health.ferry.core.WebhookResponse;
import health.ferry.core.WebhookVerificationException;
import health.ferry.core.internal.time.Time;
import health.ferry.core.internal.webhook.Delivery;
import health.ferry.core.internal.webhook.HmacSignature;
import health.ferry.core.internal.webhook.WebhookBody;
import health.ferry.core.internal.webhook.WebhookHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Receives Pierflow's webhooks, under whatever HTTP server the application has.
 *
 * <pre>{@code
 * PierflowWebhooks webhooks =
 *     PierflowWebhooks.builder(Secret.fromEnv("PIERFLOW_WEBHOOK_SECRET")).build();
 * // in a handler of POST requests:
 * WebhookResponse answer =
 *     webhooks.handle(
 *         headers,
 *         body,
 *         event -> {
 *           if (event instanceof ImportPackageReady) {
 *             watcher.wake();
 *           }
 *         });
 * }</pre>
 *
 * <p>A message proves itself by {@code X-Pierflow-Signature: t=<unix seconds>,v1=<hex>}, the
 * HMAC-SHA256 of the time, a full stop and the raw body, keyed with the endpoint's secret as the
 * portal shows it. It is compared in constant time before the body is looked into, so give this
 * class the bytes as they came. A time further than 5 minutes from this machine's clock, before or
 * after, is refused: Pierflow signs each delivery anew.
 *
 * <p>Pierflow sends a message again when it gets no 2xx within 8 seconds, and gives it no id. It is
 * known again, whatever the time in its signature, by its event and its package; by its event, its
 * job and the state or error code that the job has in it; or, where it names neither, by its bytes.
 * Another event of the same package or job is another message, and so is a job that is completed a
 * second time in another state.
 *
 * <p>Immutable and thread-safe; starts no threads and holds nothing to close.
 *
 * <p>Source: fact sheet, 9 (signature, delivery, events).
 */
public final class PierflowWebhooks {

  static final String SIGNATURE_HEADER = "X-Pierflow-Signature";

  private static final CallInfo RECEIVE =
      CallInfo.of(PierflowClientBuilder.NAME.partner(), "webhook");

  private final HmacSignature secrets;
  private final Duration tolerance;
  private final WebhookReplayStore store;
  private final int maxBytes;
  private final Time time;

  PierflowWebhooks(PierflowWebhooksBuilder builder) {
    this.secrets = new HmacSignature(builder.secrets);
    this.tolerance = builder.tolerance;
    this.store = builder.store;
    this.maxBytes = builder.maxBytes;
    this.time = builder.time;
  }

  /**
   * Starts a receiver.
   *
   * @param secret of the endpoint, as Pierflow's portal shows it once
   * @return its settings, with defaults: 5 minutes, bodies of at most 1 MiB, the last 10,000
   *     messages in memory
   */
  public static PierflowWebhooksBuilder builder(Secret secret) {
    return new PierflowWebhooksBuilder(secret);
  }

  /**
   * Verifies and reads a message, and notes that it came.
   *
   * @param headers of the request; names in any case
   * @param body its bytes, as they came
   * @return the event; {@link PierflowEvent#isRepeated()} tells whether it came before
   * @throws WebhookVerificationException when the signature is missing, comes twice, is malformed,
   *     too old, of the future, or not of these secrets and this body
   * @throws InvalidInputException when the body is too long, no JSON object, or names no event or
   *     not the package or job that it is about
   */
  public PierflowEvent verify(Map<String, List<String>> headers, byte[] body) {
    SignatureHeader signature = signature(headers);
    if (body.length > maxBytes) {
      throw new InvalidInputException(
          RECEIVE,
          List.of(new Violation("body", "must not be longer than " + maxBytes + " bytes")));
    }
    EventMessage message = message(signature, body);
    return message.event(!store.add(message.id()));
  }

  /**
   * Answers a request: verifies the message, and hands it on unless it came before.
   *
   * <p>The event is handed on in this thread, and Pierflow waits: note it and return. What the
   * consumer throws is thrown on, and the message counts as not received.
   *
   * @param headers of the request; names in any case
   * @param body its bytes; read up to the limit, and not closed
   * @param events takes each event once, also those that have no class of their own
   * @return without a body: 200 when it was received, now or before; 401 when it is not proven; 413
   *     for a body that is too long; 400 for one that is no event
   * @throws IOException when the body cannot be read
   */
  public WebhookResponse handle(
      Map<String, List<String>> headers, InputStream body, Consumer<? super PierflowEvent> events)
      throws IOException {
    EventMessage message;
    try {
      SignatureHeader signature = signature(headers);
      Optional<byte[]> bytes = WebhookBody.read(body, maxBytes);
      if (bytes.isEmpty()) {
        return WebhookResponse.of(413);
      }
      message = message(signature, bytes.get());
    } catch (WebhookVerificationException notProven) {
      return WebhookResponse.of(401);
    } catch (InvalidInputException unreadable) {
      return WebhookResponse.of(400);
    }
    if (store.add(message.id())) {
      Delivery.handOn(message.event(false), message.id(), store, events);
    }
    return WebhookResponse.of(200);
  }

  /** What can be refused before the body is read. */
  private SignatureHeader signature(Map<String, List<String>> headers) {
    SignatureHeader signature =
        WebhookHeaders.single(headers, SIGNATURE_HEADER)
            .flatMap(SignatureHeader::parse)
            .orElseThrow(
                () ->
                    notProven(
                        SIGNATURE_HEADER
                            + " is missing, comes twice, or is not t=<unix seconds>,v1=<hex>"));
    long age = time.now().getEpochSecond() - signature.seconds();
    if (Duration.ofSeconds(Math.abs(age)).compareTo(tolerance) > 0) {
      throw notProven(
          "it was signed more than %d s %s; is the clock right?"
              .formatted(tolerance.toSeconds(), age > 0 ? "ago" : "ahead of this clock"));
    }
    return signature;
  }

  private EventMessage message(SignatureHeader signature, byte[] body) {
    byte[] prefix = (signature.timestamp() + '.').getBytes(StandardCharsets.US_ASCII);
    if (!secrets.accept(signature.signatures(), prefix, body)) {
      throw notProven(
          "no signature is right; another secret signed it, or it was changed on its way");
    }
    return EventMessage.read(body, RECEIVE);
  }

  private static WebhookVerificationException notProven(String why) {
    return new WebhookVerificationException(RECEIVE, why, null);
  }

  /** Without the secrets. */
  @Override
  public String toString() {
    return "PierflowWebhooks[" + secrets + ']';
  }
}
