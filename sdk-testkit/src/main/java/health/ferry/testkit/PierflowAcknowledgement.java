package health.ferry.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** An acknowledgement that the {@link PierflowPartner} has accepted. Immutable. */
public final class PierflowAcknowledgement {

  private final String packageId;
  private final String json;
  private final Instant at;

  PierflowAcknowledgement(String packageId, String json, Instant at) {
    this.packageId = packageId;
    this.json = json;
    this.at = at;
  }

  /**
   * Which package.
   *
   * @return its id
   */
  public String packageId() {
    return packageId;
  }

  /**
   * The body.
   *
   * @return its JSON as received
   */
  public String json() {
    return json;
  }

  /**
   * The body.
   *
   * @return a copy of its bytes as received
   */
  public byte[] body() {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * When it came.
   *
   * @return by the partner's clock
   */
  public Instant at() {
    return at;
  }

  /** The package alone; the body names patients. */
  @Override
  public String toString() {
    return packageId;
  }
}
