package health.ferry.testkit;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Something that goes wrong with one answer of a {@link FaultyServer}. Immutable; the same fault
 * can be queued any number of times. Byte counts are bytes of the body on the wire: after gzip,
 * from the first byte of this answer (also of a 206), without headers and chunk framing.
 */
public final class Fault {

  private final UnaryOperator<FileOptions> options;
  private final Consumer<AnswerPlan> change;

  private Fault(UnaryOperator<FileOptions> options, Consumer<AnswerPlan> change) {
    this.options = options;
    this.change = change;
  }

  private static Fault onAnswer(Consumer<AnswerPlan> change) {
    return new Fault(UnaryOperator.identity(), change);
  }

  private static Fault onOptions(UnaryOperator<FileOptions> options) {
    return new Fault(options, plan -> {});
  }

  /**
   * Another status in place of the file, with an empty body. Add to it with {@link #header} and
   * {@link #body}.
   *
   * @param status such as 503
   * @return the fault
   */
  public static Fault status(int status) {
    return onAnswer(plan -> plan.replace(status, ""));
  }

  /**
   * A redirect in place of the file.
   *
   * @param status 301, 302, 303, 307 or 308
   * @param location where to, for instance another server's {@link FaultyServer#url}
   * @return the fault
   */
  public static Fault redirect(int status, String location) {
    return status(status).header("Location", location);
  }

  /**
   * A web page with status 200 in place of the file, as from a gateway or a login.
   *
   * @return the fault
   */
  public static Fault html() {
    return status(200)
        .body("<!DOCTYPE html><html><body><h1>Please sign in</h1></body></html>\n")
        .header("Content-Type", "text/html; charset=utf-8");
  }

  /**
   * The answer ends too early: short of its {@code Content-Length}, without the last chunk, or,
   * where the body ends with the connection, simply sooner.
   *
   * @param bytes how much of the body is sent
   * @return the fault
   */
  public static Fault cutAfter(long bytes) {
    return interruption(new Interruption(bytes, Interruption.Kind.CUT));
  }

  /**
   * The connection is reset (TCP RST). What the client has not yet read can be lost with it.
   *
   * @param bytes how much of the body is sent before
   * @return the fault
   */
  public static Fault resetAfter(long bytes) {
    return interruption(new Interruption(bytes, Interruption.Kind.RESET));
  }

  /**
   * The connection is reset when the request has been read, before any answer.
   *
   * @return the fault
   */
  public static Fault resetBeforeHeaders() {
    return onAnswer(plan -> plan.resetBeforeHeaders = true);
  }

  /**
   * No more bytes come, but the connection stays open until the client or the server closes it.
   *
   * @param bytes how much of the body is sent before
   * @return the fault
   */
  public static Fault stallAfter(long bytes) {
    return interruption(new Interruption(bytes, Interruption.Kind.STALL));
  }

  /**
   * No bytes come for a time, then the rest.
   *
   * @param bytes how much of the body is sent before
   * @param length how long nothing comes
   * @return the fault
   */
  public static Fault pauseAfter(long bytes, Duration length) {
    return interruption(new Interruption(bytes, Interruption.Kind.PAUSE, length));
  }

  private static Fault interruption(Interruption interruption) {
    return onAnswer(plan -> plan.interruptions.add(interruption));
  }

  /**
   * The answer's head comes late.
   *
   * @param length how long it takes to come
   * @return the fault
   */
  public static Fault delay(Duration length) {
    return onAnswer(plan -> plan.delay = length);
  }

  /**
   * The body comes slowly.
   *
   * @param bytesPerSecond wire bytes in a second, at least 1
   * @return the fault
   */
  public static Fault slow(long bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("bytesPerSecond must be at least 1");
    }
    return onOptions(options -> options.bytesPerSecond(bytesPerSecond));
  }

  /**
   * A {@code Content-Length} that is not the body's. The connection is closed after the body.
   *
   * @param difference added to the true length: above 0 the body seems cut, below 0 too long
   * @return the fault
   */
  public static Fault wrongContentLength(long difference) {
    return onOptions(options -> options.framing(Framing.CONTENT_LENGTH))
        .and(onAnswer(plan -> plan.lengthError = difference));
  }

  /**
   * A gzip body with a wrong CRC-32 and length at its end. An answer that is not gzip, or is
   * compressed on the way, becomes a 500 that says so: the test asked for what cannot be.
   *
   * @return the fault
   */
  public static Fault wrongGzipTrailer() {
    return onAnswer(WrongGzipTrailer::applyTo);
  }

  /**
   * The file seems to have changed: another strong ETag, which an {@code If-Range} made from the
   * earlier one does not match.
   *
   * @param etag the new value with its quotes
   * @return the fault
   */
  public static Fault etag(String etag) {
    return onOptions(options -> options.etag(etag));
  }

  /**
   * A {@code Range} is ignored: 200 and the whole file.
   *
   * @return the fault
   */
  public static Fault ignoreRange() {
    return onOptions(options -> options.ranges(false));
  }

  /**
   * Adds a header to the answer, or replaces it.
   *
   * @param name the header
   * @param value its value
   * @return the fault with the header
   */
  public Fault header(String name, String value) {
    return and(onAnswer(plan -> plan.headers.put(name, value)));
  }

  /**
   * Sets the text of an answer that takes the place of the file; its status and headers stay.
   *
   * @param text sent as UTF-8
   * @return the fault with the text
   */
  public Fault body(String text) {
    return and(
        onAnswer(
            plan -> {
              Map<String, String> headers = new LinkedHashMap<>(plan.headers);
              plan.replace(plan.status, text);
              plan.headers.putAll(headers);
            }));
  }

  /**
   * This fault and another one on the same answer.
   *
   * @param next applied after this one
   * @return both
   */
  public Fault and(Fault next) {
    return new Fault(
        given -> next.options.apply(options.apply(given)), change.andThen(next.change));
  }

  FileOptions applyTo(FileOptions given) {
    return options.apply(given);
  }

  void applyTo(AnswerPlan plan) {
    change.accept(plan);
  }
}
