package health.ferry.examples.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** One origin on 127.0.0.1: hands each request to a function and keeps a log. */
final class RawServer implements AutoCloseable {

  private final ServerSocket listener;
  private final Function<Request, Answer> handler;
  private final List<Request> log = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  private RawServer(Function<Request, Answer> handler) throws IOException {
    this.handler = handler;
    this.listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  static RawServer start(Function<Request, Answer> handler) {
    try {
      RawServer server = new RawServer(handler);
      daemon(server::accept);
      return server;
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  String origin() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /** What has arrived, oldest first. */
  List<Request> log() {
    return List.copyOf(log);
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        connections.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(socket.getInputStream());
      boolean open = true;
      while (open) {
        Request request = Request.read(in);
        if (request == null) {
          return;
        }
        log.add(request);
        open = handler.apply(request).sendTo(socket);
      }
    } catch (IOException clientGone) {
      // Whether it should have stayed is seen from the client's side.
    } finally {
      connections.remove(socket);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
