package health.ferry.examples.faults;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** One origin on 127.0.0.1: hands each request to a function and keeps a log. */
final class RawServer implements AutoCloseable {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Function<Request, Answer> handler;
  private final List<Request> log = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final int port;
  private ServerSocket listener;
  private Thread accepting;
  private Socket placeholder = new Socket();

  private RawServer(Function<Request, Answer> handler) throws IOException {
    this.handler = handler;
    this.listener = listen(0);
    this.port = listener.getLocalPort();
    this.accepting = acceptFrom(listener);
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 50, LOOPBACK);
  }

  static RawServer start(Function<Request, Answer> handler) {
    try {
      return new RawServer(handler);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /** Whoever connects now is refused; what is connected stays so. */
  synchronized void hangUp() {
    try {
      listener.close();
      accepting.join();
      // Bound and not listening: else another server could be given the port.
      placeholder.setReuseAddress(true);
      placeholder.bind(new InetSocketAddress(LOOPBACK, port));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(ended);
    }
  }

  /** Under the same address as before. */
  synchronized void listenAgain() {
    if (placeholder.isBound()) {
      try {
        placeholder.close();
        placeholder = new Socket();
        listener = listen(port);
        accepting = acceptFrom(listener);
      } catch (IOException taken) {
        throw new UncheckedIOException(taken);
      }
    }
  }

  private Thread acceptFrom(ServerSocket open) {
    return daemon(() -> accept(open));
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  String origin() {
    return "http://127.0.0.1:" + port;
  }

  /** What has arrived, oldest first. */
  List<Request> log() {
    return List.copyOf(log);
  }

  private void accept(ServerSocket open) {
    while (!open.isClosed()) {
      try {
        Socket socket = open.accept();
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
  public synchronized void close() {
    try {
      listener.close();
      placeholder.close();
      for (Socket connection : connections) {
        connection.close();
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
