package health.ferry.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One answer to a control call. Immutable; each method gives a changed copy. Tests script them with
 * {@link BulkFhirPartner#script} and {@link HamiPartner#script}.
 */
public final class ControlAnswer {

  /** How an answer goes wrong on the wire. */
  public enum Breakage {
    /** Not at all. */
    NONE,
    /** The connection is reset in place of the answer. */
    RESET,
    /** A status line of 200, then rubbish in place of a chunk. */
    MALFORMED_CHUNK
  }

  private static final byte[] NO_BODY = {};

  private final boolean usual;
  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final Duration delay;
  private final Breakage breakage;

  private ControlAnswer(
      boolean usual,
      int status,
      Map<String, List<String>> headers,
      byte[] body,
      Duration delay,
      Breakage breakage) {
    this.usual = usual;
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.delay = delay;
    this.breakage = breakage;
  }

  /**
   * A status without a body. The server does nothing else for the call.
   *
   * @param status such as 429
   * @return the answer
   */
  public static ControlAnswer status(int status) {
    return new ControlAnswer(false, status, Map.of(), NO_BODY, Duration.ZERO, Breakage.NONE);
  }

  /**
   * An answer in {@code application/json}.
   *
   * @param status such as 200
   * @param body any text, well-formed or not
   * @return the answer
   */
  public static ControlAnswer json(int status, String body) {
    return status(status).header("Content-Type", "application/json").body(body);
  }

  /**
   * An OperationOutcome in {@code application/fhir+json}.
   *
   * @param status such as 500
   * @param code the code, such as {@code transient} or {@code not-found}
   * @param diagnostics the text; must not need JSON escapes
   * @return the answer
   */
  public static ControlAnswer operationOutcome(int status, String code, String diagnostics) {
    return json(
            status,
            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\""
                + code
                + "\",\"diagnostics\":\""
                + diagnostics
                + "\"}]}")
        .header("Content-Type", "application/fhir+json");
  }

  /**
   * A gateway's web page.
   *
   * @param status such as 502, or 200
   * @return the answer
   */
  public static ControlAnswer html(int status) {
    return status(status)
        .header("Content-Type", "text/html; charset=utf-8")
        .body("<!DOCTYPE html><html><body><h1>Gateway</h1></body></html>\n");
  }

  /**
   * No answer: the connection is reset, and the server has done nothing.
   *
   * @return the answer
   */
  public static ControlAnswer reset() {
    return status(200).broken(Breakage.RESET);
  }

  /**
   * The answer is lost: the server does its work (a job starts, a bundle is stored), then the
   * connection is reset.
   *
   * @return the answer
   */
  public static ControlAnswer lost() {
    return asUsual().broken(Breakage.RESET);
  }

  /**
   * What the server would answer without a script; useful with {@link #delay}, {@link #broken} or a
   * further {@link #header} such as {@code Expires}. A body set on it is left out.
   *
   * @return the answer
   */
  public static ControlAnswer asUsual() {
    return new ControlAnswer(true, 0, Map.of(), NO_BODY, Duration.ZERO, Breakage.NONE);
  }

  /**
   * Adds a header, or replaces it.
   *
   * @param name the header
   * @param value its value
   * @return the changed copy
   */
  public ControlAnswer header(String name, String value) {
    return headers(name, List.of(value));
  }

  /**
   * Sets a header that stands on several lines, or replaces it.
   *
   * @param name the header
   * @param values one for each line
   * @return the changed copy
   */
  public ControlAnswer headers(String name, List<String> values) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    more.put(name, List.copyOf(values));
    return new ControlAnswer(usual, status, Map.copyOf(more), body, delay, breakage);
  }

  /**
   * Sets the body.
   *
   * @param text sent as UTF-8
   * @return the changed copy
   */
  public ControlAnswer body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sets the body.
   *
   * @param bytes sent as they are; copied
   * @return the changed copy
   */
  public ControlAnswer body(byte[] bytes) {
    return new ControlAnswer(usual, status, headers, bytes.clone(), delay, breakage);
  }

  /**
   * Lets the answer come late.
   *
   * @param length how late, in milliseconds' precision
   * @return the changed copy
   */
  public ControlAnswer delay(Duration length) {
    return new ControlAnswer(usual, status, headers, body, length, breakage);
  }

  /**
   * Lets the answer go wrong on the wire.
   *
   * @param how in which way
   * @return the changed copy
   */
  public ControlAnswer broken(Breakage how) {
    return new ControlAnswer(usual, status, headers, body, delay, how);
  }

  /**
   * Whether the server's own answer is wanted.
   *
   * @return true for {@link #asUsual} and {@link #lost}
   */
  public boolean isUsual() {
    return usual;
  }

  /**
   * The status.
   *
   * @return 0 for {@link #asUsual}
   */
  public int status() {
    return status;
  }

  /**
   * The headers.
   *
   * @return values by name
   */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /**
   * The body.
   *
   * @return a copy, empty for none
   */
  public byte[] body() {
    return body.clone();
  }

  /**
   * How late the answer comes.
   *
   * @return zero for at once
   */
  public Duration delay() {
    return delay;
  }

  /**
   * How the answer goes wrong on the wire.
   *
   * @return {@link Breakage#NONE} when it does not
   */
  public Breakage breakage() {
    return breakage;
  }

  /** The status alone; a body can hold a token. */
  @Override
  public String toString() {
    return usual ? "as usual" : Integer.toString(status);
  }
}
