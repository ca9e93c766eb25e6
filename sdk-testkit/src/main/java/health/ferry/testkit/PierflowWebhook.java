package health.ferry.testkit;

import health.ferry.testkit.internal.pierflow.WebhookSignature;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A webhook of Pierflow's, to be posted any number of times: each time it is signed anew, over the
 * same bytes. Immutable.
 */
public final class PierflowWebhook {

  /** How long Pierflow waits for an answer, in milliseconds. */
  private static final int TIMEOUT = 8_000;

  private final Clock clock;
  private final String json;
  private final String secret;

  PierflowWebhook(Clock clock, String json, String secret) {
    this.clock = clock;
    this.json = json;
    this.secret = secret;
  }

  /**
   * The message.
   *
   * @return its JSON: {@code event}, {@code emitted_at}, {@code partner_id}, {@code data}
   */
  public String json() {
    return json;
  }

  /**
   * The message.
   *
   * @return a copy of its bytes, as they are signed
   */
  public byte[] body() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Signs with another secret.
   *
   * @param other as it was shown to the receiver, or not
   * @return the changed copy
   */
  public PierflowWebhook signedBy(String other) {
    return new PierflowWebhook(clock, json, other);
  }

  /**
   * The headers of a post at the partner's time.
   *
   * @return {@code Content-Type}, {@code User-Agent} and {@code X-Pierflow-Signature}
   */
  public Map<String, String> headers() {
    return headers(clock.instant());
  }

  /**
   * The headers of a post.
   *
   * @param when the signature's time, in whole seconds
   * @return {@code Content-Type}, {@code User-Agent} and {@code X-Pierflow-Signature}
   */
  public Map<String, String> headers(Instant when) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "Pierflow-Webhooks/1.0");
    headers.put("X-Pierflow-Signature", WebhookSignature.of(secret, when, body()));
    return headers;
  }

  /**
   * Posts it once, and waits 8 seconds for the answer. Pierflow posts a second time, 30 seconds
   * after anything but a 2xx; call again for that.
   *
   * @param url the receiver
   * @return the answer's status
   * @throws UncheckedIOException if no answer comes
   */
  public int post(URI url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      connection.setRequestMethod("POST");
      connection.setConnectTimeout(TIMEOUT);
      connection.setReadTimeout(TIMEOUT);
      connection.setInstanceFollowRedirects(false);
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(body().length);
      headers().forEach(connection::setRequestProperty);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body());
      }
      int status = connection.getResponseCode();
      connection.disconnect();
      return status;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nothing of the message. */
  @Override
  public String toString() {
    return "PierflowWebhook";
  }
}
