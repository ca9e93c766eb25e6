package health.ferry.core.testing;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What a {@link ScriptedServer} does with one request. Immutable. */
public final class Reply {

  private enum End {
    KEEP,
    CLOSE,
    RESET,
    WAIT_FOR_CLIENT
  }

  private final Function<Request, String> text;
  private final End end;

  private Reply(Function<Request, String> text, End end) {
    this.text = text;
    this.end = end;
  }

  /** A whole answer. Headers are lines without their ends. */
  public static Reply status(int status, String body, String... headers) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return of(request -> head(status, "Content-Length: " + length, headers) + body, End.KEEP);
  }

  public static Reply json(String body, String... headers) {
    String[] all = new String[headers.length + 1];
    all[0] = "Content-Type: application/json";
    System.arraycopy(headers, 0, all, 1, headers.length);
    return status(200, body, all);
  }

  /** Made from the request. */
  public static Reply to(Function<Request, Reply> choice) {
    return new Reply(request -> choice.apply(request).text.apply(request), End.KEEP);
  }

  /** More is promised than comes, and then the connection ends. */
  public static Reply cutByLength(int status, String body) {
    return of(request -> head(status, "Content-Length: 5000") + body, End.CLOSE);
  }

  /** The last chunk is missing. */
  public static Reply cutByChunk(String body) {
    String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n";
    return of(request -> head(200, "Transfer-Encoding: chunked") + chunk, End.CLOSE);
  }

  /** The connection is reset before any answer. */
  public static Reply reset() {
    return of(request -> "", End.RESET);
  }

  /** The answer begins and the connection is reset. */
  public static Reply resetAfter(String body) {
    return of(request -> head(200, "Content-Length: 5000") + body, End.RESET);
  }

  /** No answer; the connection stays open until the client leaves. */
  public static Reply silence() {
    return of(request -> "", End.WAIT_FOR_CLIENT);
  }

  /** The answer begins and no more of it comes until the client leaves. */
  public static Reply stallAfter(String body) {
    return of(request -> head(200, "Content-Length: 5000") + body, End.WAIT_FOR_CLIENT);
  }

  private static Reply of(Function<Request, String> text, End end) {
    return new Reply(text, end);
  }

  private static String head(int status, String framing, String... headers) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " As scripted\r\n" + framing);
    for (String header : headers) {
      head.append("\r\n").append(header);
    }
    return head.append("\r\n\r\n").toString();
  }

  /** Whether the connection can take another request. */
  boolean send(Request request, Socket socket) throws IOException {
    socket.getOutputStream().write(text.apply(request).getBytes(StandardCharsets.UTF_8));
    if (end == End.RESET) {
      socket.setSoLinger(true, 0);
    }
    return end == End.KEEP;
  }

  boolean waitsForClient() {
    return end == End.WAIT_FOR_CLIENT;
  }
}
