package health.ferry.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection of a {@link FaultyServer}: requests in, answers out, until one side ends.
 */
final class FileConnection implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(FaultyServer.class);

  private final SocketChannel socket;
  private final FaultyServer server;
  private final CountDownLatch closing;

  FileConnection(SocketChannel socket, FaultyServer server, CountDownLatch closing) {
    this.socket = socket;
    this.server = server;
    this.closing = closing;
  }

  @Override
  public void run() {
    try (socket) {
      RequestReader reader = new RequestReader(socket);
      boolean open = true;
      while (open) {
        RecordedRequest request = reader.next();
        open = request != null && answer(request);
      }
    } catch (AnswerEnded e) {
      LOG.trace("ended by a fault: {}", e.getMessage());
    } catch (IOException e) {
      // Clients that leave are the daily work of this server.
      if (closing.getCount() > 0) {
        LOG.debug("connection ended: {}", e.toString());
      }
    }
  }

  /** Whether the connection can take another request afterwards. */
  private boolean answer(RecordedRequest request) throws IOException {
    AnswerPlan plan = server.plan(request);
    BodyWire.waitFor(plan.delay, closing);
    if (plan.resetBeforeHeaders) {
      BodyWire.reset(socket);
      return false;
    }
    boolean keep = plan.framing != Framing.CLOSE && plan.lengthError == 0 && keepAlive(request);
    boolean bodiless = request.method().equals("HEAD");
    sendHead(plan, keep);
    if (!bodiless) {
      sendBody(request, plan);
    }
    return keep;
  }

  private static boolean keepAlive(RecordedRequest request) {
    @Nullable String connection = request.header("Connection").orElse(null);
    return connection == null || !connection.equalsIgnoreCase("close");
  }

  private void sendHead(AnswerPlan plan, boolean keep) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + plan.status + " " + reason(plan.status));
    head.append("\r\n");
    plan.headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    switch (plan.framing) {
      case CONTENT_LENGTH ->
          head.append("Content-Length: " + (plan.count + plan.lengthError) + "\r\n");
      case CHUNKED -> head.append("Transfer-Encoding: chunked\r\n");
      case CLOSE -> {}
    }
    if (!keep) {
      head.append("Connection: close\r\n");
    }
    head.append("\r\n");
    ByteBuffer bytes = ByteBuffer.wrap(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      socket.write(bytes);
    }
  }

  private static String reason(int status) {
    return status < 300 ? "OK" : status < 400 ? "Elsewhere" : "Refused";
  }

  private void sendBody(RecordedRequest request, AnswerPlan plan) throws IOException {
    BodyWire wire = new BodyWire(socket, plan, bytes -> server.sent(request, bytes), closing);
    if (plan.compressOnTheWay) {
      GzipSink gzip = new GzipSink(asStream(wire));
      plan.body.writeTo(gzip, 0, plan.body.length());
      gzip.finish();
    } else {
      plan.body.writeTo(wire, plan.from, plan.count);
    }
    wire.finish();
  }

  private static OutputStream asStream(BodyWire wire) {
    return new OutputStream() {
      @Override
      public void write(int single) throws IOException {
        wire.write(ByteBuffer.wrap(new byte[] {(byte) single}));
      }

      @Override
      public void write(byte[] bytes, int from, int count) throws IOException {
        wire.write(ByteBuffer.wrap(bytes, from, count));
      }
    };
  }
}
