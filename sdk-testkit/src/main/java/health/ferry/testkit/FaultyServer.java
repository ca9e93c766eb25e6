package health.ferry.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTP/1.1 server for files on 127.0.0.1 that can do what a well-behaved server cannot: cut
 * a body at a byte, stall, reset, lie about a length. Serves from memory, from disk or made-up
 * gigabytes. Start a second one for a second origin.
 *
 * <p>Connections are kept alive; each has a daemon thread, at most 256 at a time, and further ones
 * are closed at once. Thread-safe. {@link #close()} ends all connections and threads.
 */
public final class FaultyServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FaultyServer.class);
  private static final int MAX_CONNECTIONS = 256;
  private static final int BACKLOG = 128;
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

  private final ServerSocketChannel listener;
  private final String name;
  private final String origin;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicInteger connectionNumber = new AtomicInteger();
  private final Map<SocketChannel, Thread> connections = new ConcurrentHashMap<>();
  private final Thread acceptor;
  private final Map<String, ServedFile> files = new ConcurrentHashMap<>();
  private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final RequestJournal journal = new RequestJournal();
  private final SentBytes sentBytes = new SentBytes();

  private FaultyServer() throws IOException {
    listener = ServerSocketChannel.open();
    listener.bind(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), BACKLOG);
    name = "sandbox-files-" + listener.socket().getLocalPort();
    origin = "http://127.0.0.1:" + listener.socket().getLocalPort();
    acceptor = daemon(this::accept, name);
  }

  /**
   * Starts a server on a free port.
   *
   * @return the running server
   * @throws UncheckedIOException if no port can be bound
   */
  public static FaultyServer start() {
    try {
      FaultyServer server = new FaultyServer();
      server.acceptor.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Where the server listens.
   *
   * @return such as {@code http://127.0.0.1:40123}, without a slash at the end
   */
  public String origin() {
    return origin;
  }

  /**
   * The address of a path.
   *
   * @param path starts with a slash; may have a query
   * @return the absolute URL
   */
  public String url(String path) {
    return origin + path;
  }

  /**
   * Serves a file with the default options.
   *
   * @param path starts with a slash, no query; requests match with any query
   * @param body the content; replaces what was served there
   */
  public void serve(String path, Body body) {
    serve(path, body, FileOptions.defaults());
  }

  /**
   * Serves a file.
   *
   * @param path starts with a slash, no query; requests match with any query
   * @param body the content; replaces what was served there
   * @param options how it is served
   */
  public void serve(String path, Body body, FileOptions options) {
    if (!path.startsWith("/") || path.contains("?")) {
      throw new IllegalArgumentException("a path starts with a slash and has no query: " + path);
    }
    files.put(path, new ServedFile(body, options));
  }

  /**
   * Serves a file no longer: 404 from now on.
   *
   * @param path the file's path
   */
  public void remove(String path) {
    files.remove(path);
  }

  /**
   * Queues faults for a path: each one is used up by one request that the file's guard lets
   * through, in order; then the path is served as usual. A path without a file can have faults too.
   *
   * @param path the path, without query
   * @param queued one fault for each of the next requests
   */
  public void fault(String path, Fault... queued) {
    faults.compute(
        path,
        (key, waiting) -> {
          Deque<Fault> all = waiting == null ? new ArrayDeque<>() : new ArrayDeque<>(waiting);
          all.addAll(List.of(queued));
          return all;
        });
  }

  /**
   * Queues the same fault for several requests.
   *
   * @param path the path, without query
   * @param times how many of the next requests
   * @param fault what goes wrong with each
   */
  public void fault(String path, int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      fault(path, fault);
    }
  }

  /** Drops all faults that are still queued. */
  public void clearFaults() {
    faults.clear();
  }

  /**
   * The last 10,000 requests, oldest first.
   *
   * @return a snapshot of the journal
   */
  public List<RecordedRequest> requests() {
    return journal.all();
  }

  /**
   * The requests among {@link #requests()} for one path.
   *
   * @param path the path, without query
   * @return oldest first
   */
  public List<RecordedRequest> requests(String path) {
    return journal.all().stream().filter(request -> request.path().equals(path)).toList();
  }

  /**
   * How much of a path has been written to sockets since the start, over all requests, in wire
   * bytes.
   *
   * @param path the path, without query
   * @return bytes of bodies
   */
  public long bytesSent(String path) {
    return sentBytes.of(path);
  }

  /**
   * Waits until so many bytes of a path have been written to sockets, over all requests since the
   * start. A client has received them some moments later, or they lie in the kernel's buffers (some
   * megabytes on loopback); brake the file with {@link FileOptions#bytesPerSecond} to stay close.
   *
   * @param path the path, without query
   * @param bytes wire bytes of bodies, as {@link #bytesSent} counts them
   * @param timeout how long to wait at most
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws TimeoutException if it takes longer
   */
  public void awaitBytes(String path, long bytes, Duration timeout)
      throws InterruptedException, TimeoutException {
    sentBytes.await(path, bytes, timeout);
  }

  /**
   * Waits until so many bytes have been written to sockets, over all paths since the start.
   *
   * @param bytes wire bytes of bodies
   * @param timeout how long to wait at most
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws TimeoutException if it takes longer
   */
  public void awaitBytes(long bytes, Duration timeout)
      throws InterruptedException, TimeoutException {
    sentBytes.await(SentBytes.ALL, bytes, timeout);
  }

  /** Ends all connections and threads, and waits for them (up to 5 s). */
  @Override
  public void close() {
    closing.countDown();
    long end = System.nanoTime() + CLOSE_LIMIT.toNanos();
    try {
      listener.close();
      join(acceptor, end);
      for (Map.Entry<SocketChannel, Thread> connection : connections.entrySet()) {
        connection.getKey().close();
        join(connection.getValue(), end);
      }
    } catch (IOException e) {
      LOG.warn("closing a socket failed: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void join(Thread thread, long end) throws InterruptedException {
    thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
    if (thread.isAlive()) {
      LOG.warn("{} did not end", thread.getName());
    }
  }

  private void accept() {
    while (closing.getCount() > 0) {
      try {
        take(listener.accept());
      } catch (ClosedChannelException e) {
        // close() does this.
        return;
      } catch (IOException e) {
        LOG.warn("accepting a connection failed: {}", e.toString());
      }
    }
  }

  /**
   * Called by the acceptor alone, which close() has seen end before it looks at the connections.
   */
  private void take(SocketChannel socket) throws IOException {
    connections.values().removeIf(thread -> !thread.isAlive());
    if (connections.size() == MAX_CONNECTIONS) {
      LOG.debug("connection closed at once, {} are open", MAX_CONNECTIONS);
      socket.close();
      return;
    }
    Thread thread =
        daemon(
            new FileConnection(socket, this, closing),
            name + "-" + connectionNumber.incrementAndGet());
    thread.start();
    connections.put(socket, thread);
  }

  void sent(RecordedRequest request, long bytes) {
    request.sent(bytes);
    sentBytes.add(request.path(), bytes);
  }

  /** Writes the request into the journal and decides the answer, faults included. */
  AnswerPlan plan(RecordedRequest request) {
    journal.add(request);
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return AnswerPlan.text(405, "GET or HEAD\n");
    }
    @Nullable ServedFile file = files.get(request.path());
    Optional<Fault> refusal =
        file == null ? Optional.empty() : file.options().guard().refusal(request);
    if (refusal.isPresent()) {
      AnswerPlan plan = AnswerPlan.text(403, "");
      refusal.get().applyTo(plan);
      return plan;
    }
    Optional<Fault> fault = nextFault(request.path());
    AnswerPlan plan =
        file == null
            ? AnswerPlan.text(404, "no such file\n")
            : FileAnswer.to(
                request, file, fault.map(f -> f.applyTo(file.options())).orElse(file.options()));
    fault.ifPresent(f -> f.applyTo(plan));
    return plan;
  }

  private Optional<Fault> nextFault(String path) {
    Fault[] next = new Fault[1];
    faults.computeIfPresent(
        path,
        (key, waiting) -> {
          next[0] = waiting.poll();
          return waiting.isEmpty() ? null : waiting;
        });
    return Optional.ofNullable(next[0]);
  }
}
