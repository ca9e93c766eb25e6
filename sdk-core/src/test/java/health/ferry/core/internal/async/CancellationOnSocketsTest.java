package health.ferry.core.internal.async;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallOptions;
import health.ferry.core.CancelledException;
import health.ferry.core.TransportOptions;
import health.ferry.core.internal.call.Authorizer;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.Exchange;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.limit.SlidingWindowRateLimiter;
import health.ferry.core.internal.limit.Window;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Signal;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.internal.time.Time;
import health.ferry.core.testing.Reply;
import health.ferry.core.testing.ScriptedServer;
import health.ferry.core.testing.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Cancelling the future stops the call wherever it is, long before any of its timeouts. */
class CancellationOnSocketsTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  private final ExecutorService executor = Executors.newSingleThreadExecutor();
  private final WatchedTime time = new WatchedTime();
  private final CompletableFuture<Throwable> ending = new CompletableFuture<>();

  @AfterEach
  void close() throws InterruptedException {
    executor.shutdownNow();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void in_the_queue_of_the_rate_limit() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(Reply.json("{}"));
        TestClient client = TestClient.in(time)) {
      SlidingWindowRateLimiter limiter =
          new SlidingWindowRateLimiter(List.of(new Window(1, Duration.ofMinutes(1))), time);
      limiter.closeFor(Duration.ofMinutes(1));
      Transport limited =
          client.transport().authorized(Authorizer.NONE, HttpUrl.get(server.url("/")), limiter);

      CompletableFuture<String> future = start(limited, server.url("/"));
      time.awaitWaiting();
      cancel(future);

      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void between_two_attempts() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(Reply.status(503, "", "Retry-After: 100"));
        TestClient client = TestClient.in(time)) {
      CompletableFuture<String> future = start(client.transport(), server.url("/"));
      time.awaitWaiting();
      cancel(future);

      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void while_connecting() throws Exception {
    CountDownLatch connecting = new CountDownLatch(1);
    OkHttpClient watched =
        new OkHttpClient.Builder()
            .eventListener(
                new EventListener() {
                  @Override
                  public void connectStart(Call call, InetSocketAddress address, Proxy proxy) {
                    connecting.countDown();
                  }
                })
            .build();
    TransportOptions.Builder options =
        TransportOptions.builder().okHttpClient(watched).connectTimeout(LONG).attemptTimeout(LONG);
    try (FullServer server = new FullServer();
        TestClient client = TestClient.in(time, options)) {
      CompletableFuture<String> future = start(client.transport(), server.url());
      assertThat(connecting.await(10, TimeUnit.SECONDS)).isTrue();
      cancel(future);
    }
  }

  @Test
  void while_waiting_for_the_answer() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(Reply.silence());
        TestClient client = patientClient()) {
      CompletableFuture<String> future = start(client.transport(), server.url("/"));
      server.awaitRequest();
      cancel(future);

      assertThat(server.awaitClientGone()).isTrue();
    }
  }

  @Test
  void in_the_middle_of_the_body() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.start(Reply.stallAfter("{\"value\":"));
        TestClient client = patientClient()) {
      CompletableFuture<String> future =
          start(
              client.transport(),
              Exchange.of(
                      "GET",
                      HttpUrl.get(server.url("/")),
                      "(route)",
                      answer -> {
                        assertThat(answer.body().read()).isEqualTo('{');
                        reading.countDown();
                        return new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
                      })
                  .stream()
                  .build());
      assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
      cancel(future);

      assertThat(server.awaitClientGone()).isTrue();
    }
  }

  @Test
  void before_it_began() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    executor.execute(
        () -> {
          try {
            busy.await();
          } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
          }
        });
    try (ScriptedServer server = ScriptedServer.start(Reply.json("{}"));
        TestClient client = TestClient.in(time)) {
      CompletableFuture<String> future = start(client.transport(), server.url("/"));
      assertThat(future.cancel(true)).isTrue();
      busy.countDown();
      executor.submit(() -> {}).get(10, TimeUnit.SECONDS);

      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void an_interrupt_between_two_attempts_is_a_cancellation_that_keeps_the_flag() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(Reply.status(503, "", "Retry-After: 100"));
        TestClient client = TestClient.in(time)) {
      CompletableFuture<Boolean> flag = new CompletableFuture<>();
      Thread caller =
          new Thread(
              () -> {
                assertThatThrownBy(() -> client.send(TestClient.get(server.url("/"))))
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("its thread was interrupted");
                flag.complete(Thread.currentThread().isInterrupted());
              });
      caller.start();
      time.awaitWaiting();
      caller.interrupt();

      assertThat(flag.get(10, TimeUnit.SECONDS)).isTrue();
      caller.join(10_000);
    }
  }

  private TestClient patientClient() {
    return TestClient.in(time, TransportOptions.builder().attemptTimeout(LONG).stallTimeout(LONG));
  }

  private CompletableFuture<String> start(Transport transport, String url) {
    // Only the partner's own requests wait for its pace.
    return start(transport, TestClient.get(url).credential(CredentialScope.OWN_ORIGIN).build());
  }

  private CompletableFuture<String> start(Transport transport, Exchange<String> exchange) {
    Function<Cancellation, String> call =
        cancellation ->
            transport.send(
                exchange, transport.call("read", CallOptions.defaults(), LONG, cancellation));
    return CancellableFuture.run(
        executor,
        cancellation -> {
          try {
            return call.apply(cancellation);
          } catch (RuntimeException ended) {
            ending.complete(ended);
            throw ended;
          }
        });
  }

  private void cancel(CompletableFuture<String> future) throws Exception {
    assertThat(future.cancel(true)).isTrue();

    // Ten seconds at most, where every timeout of the call is minutes away.
    assertThat(ending.get(10, TimeUnit.SECONDS))
        .isInstanceOf(CancelledException.class)
        .hasMessageContaining("the caller cancelled it");
    assertThat(future.isCancelled()).isTrue();
    assertThatThrownBy(future::join)
        .isNotInstanceOf(CompletionException.class)
        .isInstanceOf(CancellationException.class);
  }

  /** Real time that says when somebody begins to wait. */
  private static final class WatchedTime implements Time {
    private final CountDownLatch waiting = new CountDownLatch(1);

    void awaitWaiting() throws InterruptedException {
      assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public long nanoTime() {
      return SystemTime.INSTANCE.nanoTime();
    }

    @Override
    public Instant now() {
      return SystemTime.INSTANCE.now();
    }

    @Override
    public boolean await(Signal signal, long nanos) throws InterruptedException {
      waiting.countDown();
      return SystemTime.INSTANCE.await(signal, nanos);
    }
  }

  /** A server whose backlog is full: a further connection is neither taken nor refused. */
  private static final class FullServer implements AutoCloseable {
    private final ServerSocket listener;
    private final List<Socket> fillers = new ArrayList<>();

    FullServer() throws IOException {
      listener = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
      boolean full = false;
      while (!full) {
        Socket filler = new Socket();
        fillers.add(filler);
        try {
          filler.connect(listener.getLocalSocketAddress(), 200);
        } catch (SocketTimeoutException noRoom) {
          full = true;
        }
      }
    }

    String url() {
      return "http://127.0.0.1:" + listener.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
      for (Socket filler : fillers) {
        filler.close();
      }
      listener.close();
    }
  }
}
