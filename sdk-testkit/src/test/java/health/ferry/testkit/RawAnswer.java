package health.ferry.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What came over a bare socket until the server closed it. */
final class RawAnswer {

  private final String head;
  private final byte[] body;
  private final boolean reset;

  private RawAnswer(String head, byte[] body, boolean reset) {
    this.head = head;
    this.body = body;
    this.reset = reset;
  }

  /** Status line and headers. */
  String head() {
    return head;
  }

  /** All bytes after the head, framing included. */
  byte[] body() {
    return body.clone();
  }

  /** Whether the connection ended with a reset. */
  boolean reset() {
    return reset;
  }

  static RawAnswer get(String url, String... headerLines) throws IOException {
    URI uri = URI.create(url);
    try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
      socket.setSoTimeout(5000);
      StringBuilder request = new StringBuilder("GET " + uri.getPath() + " HTTP/1.1\r\n");
      request.append("Host: " + uri.getAuthority() + "\r\nConnection: close\r\n");
      for (String line : headerLines) {
        request.append(line).append("\r\n");
      }
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
      return read(socket.getInputStream());
    }
  }

  private static RawAnswer read(InputStream in) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean reset = false;
    try {
      in.transferTo(all);
    } catch (SocketException e) {
      reset = true;
    } catch (IOException e) {
      throw new AssertionError("the server neither answered nor closed", e);
    }
    byte[] bytes = all.toByteArray();
    String text = all.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return new RawAnswer(text, new byte[0], reset);
    }
    byte[] body = Arrays.copyOfRange(bytes, end + 4, bytes.length);
    return new RawAnswer(text.substring(0, end), body, reset);
  }

  int status() {
    return Integer.parseInt(head.split(" ", -1)[1]);
  }

  Optional<String> header(String name) {
    String prefix = name.toLowerCase(Locale.ROOT) + ": ";
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst();
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
