package health.ferry.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadAheadSocketsTest {

  private final byte[] content = new byte[300_000];
  private ServerSocket server;
  private Socket client;
  private Socket peer;

  @BeforeEach
  void connect() throws IOException {
    new Random(1).nextBytes(content);
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    server = new ServerSocket(0, 1, loopback);
    client = new ReadAheadSockets().createSocket();
    client.connect(new InetSocketAddress(loopback, server.getLocalPort()));
    peer = server.accept();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    peer.close();
    server.close();
  }

  @Test
  void every_byte_comes_once_whoever_asks_for_the_stream() throws IOException {
    CompletableFuture<Void> sent = send(content);

    byte[] beginning = client.getInputStream().readNBytes(5);
    byte[] rest = client.getInputStream().readAllBytes();

    sent.join();
    assertThat(beginning).isEqualTo(Arrays.copyOf(content, 5));
    assertThat(rest).isEqualTo(Arrays.copyOfRange(content, 5, content.length));
  }

  @Test
  void waits_for_no_more_than_there_is() throws IOException {
    peer.getOutputStream().write(new byte[] {1, 2, 3});

    assertThat(client.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
  }

  @Test
  void a_read_times_out_and_goes_on_afterwards() throws IOException {
    client.setSoTimeout(1);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);

    client.setSoTimeout(0);
    peer.getOutputStream().write(7);
    assertThat(client.getInputStream().read()).isEqualTo(7);
  }

  @Test
  void closing_the_socket_ends_a_read() throws IOException {
    var stream = client.getInputStream();
    CompletableFuture<Integer> read =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return stream.read();
              } catch (IOException closed) {
                throw new CompletionException(closed);
              }
            });

    client.close();

    assertThatThrownBy(read::join).hasCauseInstanceOf(IOException.class);
  }

  private CompletableFuture<Void> send(byte[] bytes) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            peer.getOutputStream().write(bytes);
            peer.shutdownOutput();
          } catch (IOException failed) {
            throw new CompletionException(failed);
          }
        });
  }
}
