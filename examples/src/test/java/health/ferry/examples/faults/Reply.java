package health.ferry.examples.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP answer, and how far it gets. Immutable. */
final class Reply implements Answer {

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Framing framing;
  private final Ending ending;
  private final int sent;

  /**
   * Makes an answer.
   *
   * @param sent how many bytes of the body go out before the ending; all when it is larger
   */
  private Reply(
      int status,
      Map<String, String> headers,
      byte[] body,
      Framing framing,
      Ending ending,
      int sent) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.framing = framing;
    this.ending = ending;
    this.sent = sent;
  }

  /** How the end of the body is known. */
  public enum Framing {
    LENGTH,
    CHUNKED,
    CLOSE
  }

  /** What the server does after the bytes that it sends. */
  enum Ending {
    WHOLE,
    CUT,
    RESET,
    STALL
  }

  static Reply of(int status) {
    return new Reply(
        status, Map.of(), new byte[0], Framing.LENGTH, Ending.WHOLE, Integer.MAX_VALUE);
  }

  static Reply json(int status, String body) {
    return of(status).with("Content-Type", "application/fhir+json").body(body);
  }

  static Reply html(int status) {
    return of(status)
        .with("Content-Type", "text/html; charset=utf-8")
        .body("<!DOCTYPE html>\n<html><body><h1>Gateway</h1></body></html>\n");
  }

  static Reply outcome(int status, String code) {
    return json(
        status,
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\""
            + code
            + "\"}]}");
  }

  /** Sets a header, or leaves it out. */
  Reply with(String name, @Nullable String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.remove(name);
    if (value != null) {
      changed.put(name, value);
    }
    return new Reply(status, changed, body, framing, ending, sent);
  }

  Reply body(String text) {
    return body(text.getBytes(StandardCharsets.UTF_8));
  }

  Reply body(byte[] bytes) {
    return new Reply(status, headers, bytes, framing, ending, sent);
  }

  Reply status(int other) {
    return new Reply(other, headers, body, framing, ending, sent);
  }

  Reply framed(Framing other) {
    return new Reply(status, headers, body, other, ending, sent);
  }

  Reply ending(Ending how, int after) {
    return new Reply(status, headers, body, framing, how, after);
  }

  int status() {
    return status;
  }

  /** Whether a client gets to see the partner's 2xx; a reset may take back what was sent. */
  boolean showsSuccess() {
    boolean isPage = headers.getOrDefault("Content-Type", "").startsWith("text/html");
    return status / 100 == 2 && !isPage && ending != Ending.RESET;
  }

  Map<String, String> headers() {
    return headers;
  }

  byte[] body() {
    return body;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public boolean sendTo(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes());
    out.flush();
    switch (ending) {
      case WHOLE -> {}
      case CUT -> socket.shutdownOutput();
      case RESET -> socket.setSoLinger(true, 0);
      case STALL -> awaitClientGone(socket);
    }
    return ending == Ending.WHOLE && framing != Framing.CLOSE;
  }

  static void awaitClientGone(Socket socket) throws IOException {
    while (socket.getInputStream().read() >= 0) {}
  }

  private byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    boolean bodiless = status == 204 || status == 304;
    if (framing == Framing.CHUNKED) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (framing == Framing.LENGTH && !bodiless && !headers.containsKey("Content-Length")) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    } else if (framing == Framing.CLOSE) {
      head.append("Connection: close\r\n");
    }
    out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    int length = Math.min(sent, body.length);
    if (framing != Framing.CHUNKED) {
      out.write(body, 0, length);
      return out.toByteArray();
    }
    if (length > 0) {
      out.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(body, 0, length);
      out.writeBytes(new byte[] {'\r', '\n'});
    }
    if (ending == Ending.WHOLE) {
      out.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    return out.toByteArray();
  }
}
