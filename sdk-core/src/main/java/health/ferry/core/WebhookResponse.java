package health.ferry.core;

/**
 * What to answer to a webhook's sender. Immutable.
 *
 * <p>Ferry's receivers know no HTTP server: write the status, {@code Content-Type:
 * application/json} if there is a body, and the body.
 */
public final class WebhookResponse {

  private final int status;
  private final byte[] body;

  private WebhookResponse(int status, byte[] body) {
    this.status = status;
    this.body = body;
  }

  /**
   * An answer without a body.
   *
   * @param status the HTTP status
   * @return the answer
   */
  public static WebhookResponse of(int status) {
    return new WebhookResponse(status, new byte[0]);
  }

  /**
   * The HTTP status.
   *
   * @return such as 200
   */
  public int status() {
    return status;
  }

  /**
   * The body.
   *
   * @return a copy of the bytes; empty when there is none
   */
  public byte[] body() {
    return body.clone();
  }

  /** The status alone. */
  @Override
  public String toString() {
    return "WebhookResponse[" + status + ']';
  }
}
