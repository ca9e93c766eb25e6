package health.ferry.core.testing;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP/1.1 server on 127.0.0.1 that answers each request as the test has written down: one reply
 * for one request, the last reply for all that follow. Keeps connections alive.
 */
public final class ScriptedServer implements AutoCloseable {

  private final ServerSocket listener;
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch firstRequest = new CountDownLatch(1);
  private final CountDownLatch clientGone = new CountDownLatch(1);

  private ScriptedServer() throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
  }

  /** Starts a server that plays these replies. */
  public static ScriptedServer start(Reply... replies) {
    try {
      ScriptedServer server = new ScriptedServer();
      server.replies.addAll(List.of(replies));
      daemon(server::accept);
      return server;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  public String url(String path) {
    return "http://127.0.0.1:" + listener.getLocalPort() + path;
  }

  /** What has arrived, oldest first. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** Waits for the first request to have been read. */
  public void awaitRequest() throws InterruptedException {
    if (!firstRequest.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("no request came");
    }
  }

  /** Waits for a client to end a connection on which it was still owed something. */
  public boolean awaitClientGone() throws InterruptedException {
    return clientGone.await(10, TimeUnit.SECONDS);
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
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Request request = Request.read(in); request != null; request = Request.read(in)) {
        requests.add(request);
        Reply reply = next();
        firstRequest.countDown();
        if (!reply.send(request, socket)) {
          if (reply.waitsForClient() && in.read() < 0) {
            clientGone.countDown();
          }
          return;
        }
      }
    } catch (IOException ended) {
      // A client that resets the connection has gone as well.
      clientGone.countDown();
    } finally {
      connections.remove(socket);
    }
  }

  private synchronized Reply next() {
    return replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
  }
}
