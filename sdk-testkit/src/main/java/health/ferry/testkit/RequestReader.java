package health.ferry.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 requests from a connection, one after the other. */
final class RequestReader {

  private static final int HEAD_LIMIT = 64 * 1024;

  private final SocketChannel socket;
  private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024).limit(0);

  RequestReader(SocketChannel socket) {
    this.socket = socket;
  }

  /** The next request, or null when the client has closed the connection between two. */
  @Nullable RecordedRequest next() throws IOException {
    if (!buffer.hasRemaining() && !fill()) {
      return null;
    }
    String[] requestLine = line(HEAD_LIMIT).split(" ", -1);
    if (requestLine.length != 3) {
      throw new ProtocolException("not a request line");
    }
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    int left = HEAD_LIMIT;
    for (String line = line(left); !line.isEmpty(); line = line(left)) {
      left -= line.length();
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new ProtocolException("not a header line");
      }
      headers
          .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
          .add(line.substring(colon + 1).trim());
    }
    if (headers.containsKey("Transfer-Encoding")) {
      throw new ProtocolException("a file server takes no chunked request bodies");
    }
    return new RecordedRequest(requestLine[0], requestLine[1], headers, body(headers));
  }

  private byte[] body(Map<String, List<String>> headers) throws IOException {
    long length = Long.parseLong(headers.getOrDefault("Content-Length", List.of("0")).get(0));
    byte[] kept = new byte[(int) Math.min(length, RecordedRequest.BODY_LIMIT)];
    for (long at = 0; at < length; at++) {
      byte next = read();
      if (at < kept.length) {
        kept[(int) at] = next;
      }
    }
    return kept;
  }

  private String line(int limit) throws IOException {
    StringBuilder line = new StringBuilder();
    for (byte next = read(); next != '\n'; next = read()) {
      if (line.length() == limit) {
        throw new ProtocolException("request head too long");
      }
      line.append((char) (next & 0xff));
    }
    if (!line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
      line.setLength(line.length() - 1);
    }
    return line.toString();
  }

  private byte read() throws IOException {
    if (!buffer.hasRemaining() && !fill()) {
      throw new EOFException("the client closed the connection within a request");
    }
    return buffer.get();
  }

  private boolean fill() throws IOException {
    buffer.clear();
    int read = socket.read(buffer);
    buffer.flip();
    return read > 0;
  }
}
