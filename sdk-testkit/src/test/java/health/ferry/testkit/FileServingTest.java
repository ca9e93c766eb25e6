package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How the file server serves when nothing goes wrong. */
class FileServingTest {

  private static final String PATH = "/files/Patient-1.ndjson";
  private static final byte[] CONTENT = content();

  private final FaultyServer server = FaultyServer.start();

  private static byte[] content() {
    byte[] bytes = new byte[700_000];
    new Random(7).nextBytes(bytes);
    // Half of it compresses, so that gzip bytes differ in number from the content's.
    Arrays.fill(bytes, 0, bytes.length / 2, (byte) 'a');
    return bytes;
  }

  @AfterEach
  void close() {
    server.close();
  }

  private String serve(FileOptions options) {
    server.serve(PATH, Body.of(CONTENT), options);
    return server.url(PATH);
  }

  @Test
  void serves_a_file_with_length_type_and_strong_etag() throws Exception {
    RawAnswer answer = RawAnswer.get(serve(FileOptions.defaults()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(CONTENT);
    assertThat(answer.header("Content-Length")).contains("700000");
    assertThat(answer.header("Content-Type")).contains("application/fhir+ndjson");
    assertThat(answer.header("Accept-Ranges")).contains("bytes");
    assertThat(answer.header("ETag").orElseThrow()).matches("\"[^\"]+\"");
    assertThat(RawAnswer.get(server.url("/files/none")).status()).isEqualTo(404);
  }

  @Test
  void answers_head_without_a_body_and_refuses_other_methods() throws Exception {
    String url = serve(FileOptions.defaults());
    HttpResponse<String> head = Http.head(url);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("700000");
    assertThat(head.body()).isEmpty();
    assertThat(Http.delete(url).statusCode()).isEqualTo(405);
  }

  @Test
  void listens_on_the_loopback_address_alone() throws Exception {
    URI origin = URI.create(server.origin());
    assertThat(origin.getHost()).isEqualTo("127.0.0.1");
    assertThatThrownBy(() -> new Socket("127.0.0.2", origin.getPort()))
        .isInstanceOf(ConnectException.class);
  }

  @ParameterizedTest
  @EnumSource(Framing.class)
  void frames_the_body_in_each_way(Framing framing) throws Exception {
    String url = serve(FileOptions.defaults().framing(framing));
    assertThat(Http.getBytes(url).body()).isEqualTo(CONTENT);
    RawAnswer raw = RawAnswer.get(url);
    assertThat(raw.header("Content-Length").isPresent())
        .isEqualTo(framing == Framing.CONTENT_LENGTH);
    assertThat(raw.header("Transfer-Encoding").isPresent()).isEqualTo(framing == Framing.CHUNKED);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 10",
    "bytes=699990-, 699990, 10",
    "bytes=-25, 699975, 25",
    "bytes=699995-800000, 699995, 5"
  })
  void answers_a_range(String range, int from, int count) throws Exception {
    HttpResponse<byte[]> answer = Http.getBytes(serve(FileOptions.defaults()), "Range", range);
    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(CONTENT, from, from + count));
    assertThat(answer.headers().firstValue("Content-Range"))
        .contains("bytes %d-%d/700000".formatted(from, from + count - 1));
  }

  @Test
  void refuses_a_range_beyond_the_end_and_ignores_what_is_none() throws Exception {
    String url = serve(FileOptions.defaults());
    HttpResponse<byte[]> beyond = Http.getBytes(url, "Range", "bytes=700000-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.headers().firstValue("Content-Range")).contains("bytes */700000");
    for (String ignored : List.of("bytes=0-1,5-6", "items=0-1", "bytes=-", "bytes=9-3")) {
      assertThat(Http.getBytes(url, "Range", ignored).statusCode()).as(ignored).isEqualTo(200);
    }
    assertThat(
            Http.getBytes(serve(FileOptions.defaults().ranges(false)), "Range", "bytes=5-")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void honours_if_range_on_a_matching_strong_etag_alone() throws Exception {
    String url = serve(FileOptions.defaults().etag("\"v1\""));
    assertThat(range(url, "\"v1\"")).isEqualTo(206);
    assertThat(range(url, "\"v2\"")).isEqualTo(200);
    assertThat(range(url, "Sat, 21 Nov 2026 10:00:00 GMT")).isEqualTo(200);
    assertThat(range(serve(FileOptions.defaults().etag("W/\"v1\"")), "W/\"v1\"")).isEqualTo(200);
    RawAnswer weak = RawAnswer.get(serve(FileOptions.defaults().weakEtag()));
    assertThat(weak.header("ETag").orElseThrow()).startsWith("W/\"");
    assertThat(RawAnswer.get(serve(FileOptions.defaults().noEtag())).header("ETag")).isEmpty();
  }

  private static int range(String url, String ifRange) throws IOException, InterruptedException {
    return Http.getBytes(url, "Range", "bytes=5-", "If-Range", ifRange).statusCode();
  }

  @Test
  void compresses_when_the_client_accepts_it_and_ranges_count_over_gzip_bytes() throws Exception {
    String url = serve(FileOptions.defaults().gzip(true));
    HttpResponse<byte[]> plain = Http.getBytes(url);
    assertThat(plain.body()).isEqualTo(CONTENT);
    assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(Http.getBytes(url, "Accept-Encoding", "gzip;q=0").body()).isEqualTo(CONTENT);

    HttpResponse<byte[]> whole = Http.getBytes(url, "Accept-Encoding", "br, gzip;q=0.5");
    assertThat(whole.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(unzipped(whole.body())).isEqualTo(CONTENT);
    String etag = whole.headers().firstValue("ETag").orElseThrow();
    assertThat(plain.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(etag);

    HttpResponse<byte[]> rest =
        Http.getBytes(url, "Accept-Encoding", "gzip", "Range", "bytes=1000-", "If-Range", etag);
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole.body(), 1000, whole.body().length));
  }

  private static byte[] unzipped(byte[] gzip) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      return in.readAllBytes();
    }
  }

  @Test
  void compresses_a_large_file_on_the_way() throws Exception {
    byte[] block = "{\"resourceType\":\"Patient\"}\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    server.serve(PATH, Body.repeated(block, 3000), FileOptions.defaults().gzip(true));
    HttpResponse<byte[]> answer =
        Http.getBytes(server.url(PATH), "Accept-Encoding", "gzip", "Range", "bytes=5-");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Accept-Ranges")).isEmpty();
    assertThat(unzipped(answer.body()).length).isEqualTo(block.length * 3000);
  }

  @Test
  void serves_a_file_from_disk(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("content"), CONTENT);
    server.serve(PATH, Body.file(file));
    assertThat(Http.getBytes(server.url(PATH)).body()).isEqualTo(CONTENT);
    assertThat(Http.getBytes(server.url(PATH), "Range", "bytes=300001-").body())
        .isEqualTo(Arrays.copyOfRange(CONTENT, 300_001, CONTENT.length));
    server.serve(PATH, Body.file(file), FileOptions.defaults().framing(Framing.CHUNKED).gzip(true));
    assertThat(Http.getBytes(server.url(PATH)).body()).isEqualTo(CONTENT);
    assertThat(unzipped(Http.getBytes(server.url(PATH), "Accept-Encoding", "gzip").body()))
        .isEqualTo(CONTENT);
  }

  @Test
  void repeats_a_block_to_any_length_and_range() throws Exception {
    byte[] block = {'0', '1', '2', '3', '4', '5', '6', '\n'};
    server.serve(PATH, Body.repeated(block, 1L << 28));
    RawAnswer tail = RawAnswer.get(server.url(PATH), "Range: bytes=2147483637-");
    assertThat(tail.header("Content-Range")).contains("bytes 2147483637-2147483647/2147483648");
    assertThat(tail.text()).isEqualTo("56\n0123456\n");
  }

  @Test
  void keeps_a_connection_for_the_next_request() throws Exception {
    server.serve("/a", Body.of("first"));
    server.serve("/b", Body.of("second"));
    URI origin = URI.create(server.origin());
    try (Socket socket = new Socket(origin.getHost(), origin.getPort())) {
      socket.setSoTimeout(5000);
      String two = "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(two.getBytes(StandardCharsets.US_ASCII));
      String text = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertThat(text).containsSubsequence("HTTP/1.1 200", "first", "HTTP/1.1 200", "second");
    }
  }

  @Test
  void asks_for_a_token_or_refuses_one() throws Exception {
    String url = serve(FileOptions.defaults().guard(FileGuard.bearer("good"::equals)));
    assertThat(Http.get(url).statusCode()).isEqualTo(401);
    assertThat(Http.get(url, "Authorization", "Bearer bad").statusCode()).isEqualTo(401);
    assertThat(Http.getBytes(url, "Authorization", "Bearer good").body()).isEqualTo(CONTENT);
    url = serve(FileOptions.defaults().guard(FileGuard.noAuthorization()));
    assertThat(Http.get(url, "Authorization", "Bearer good").statusCode()).isEqualTo(400);
    assertThat(Http.getBytes(url).body()).isEqualTo(CONTENT);
  }

  @Test
  void holds_an_answer_to_its_rate() throws Exception {
    server.serve(PATH, Body.of("x".repeat(5000)), FileOptions.defaults().bytesPerSecond(20_000));
    long start = System.nanoTime();
    assertThat(Http.get(server.url(PATH)).body()).hasSize(5000);
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(200), Duration.ofMillis(2000));
  }

  @Test
  void records_requests_and_bytes() throws Exception {
    String url = serve(FileOptions.defaults());
    Http.getBytes(url + "?a=1&b=x%20y&a=2", "X-Trace", "seven", "Range", "bytes=0-9");
    server.awaitBytes(PATH, 10, Duration.ofSeconds(5));
    RecordedRequest request = server.requests(PATH).get(0);
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.path()).isEqualTo(PATH);
    assertThat(request.query()).contains("a=1&b=x%20y&a=2");
    assertThat(request.queryValues("a")).containsExactly("1", "2");
    assertThat(request.queryValues("b")).containsExactly("x y");
    assertThat(request.header("x-trace")).contains("seven");
    assertThat(request.headers("none")).isEmpty();
    assertThat(request.nanos()).isLessThanOrEqualTo(System.nanoTime());
    assertThat(request.bytesSent()).isEqualTo(10);
    assertThat(server.bytesSent(PATH)).isEqualTo(10);
    server.awaitBytes(10, Duration.ofSeconds(5));
    assertThat(request.toString()).doesNotContain("a=1");
    assertThatThrownBy(() -> server.awaitBytes(PATH, 11, Duration.ofMillis(20)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("10 of 11 bytes");
    assertThatThrownBy(() -> server.awaitBytes(11, Duration.ofMillis(20)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("all paths");
  }

  @Test
  void keeps_the_last_ten_thousand_requests() {
    RequestJournal journal = new RequestJournal();
    for (int i = 0; i <= RequestJournal.LIMIT; i++) {
      journal.add(new RecordedRequest("GET", "/" + i, Map.of(), new byte[0]));
    }
    assertThat(journal.all()).hasSize(10_000);
    assertThat(journal.all().get(0).path()).isEqualTo("/1");
  }

  @Test
  void closing_ends_every_thread_and_connection() throws Exception {
    String url = serve(FileOptions.defaults());
    server.fault(PATH, Fault.stallAfter(1000), Fault.pauseAfter(0, Duration.ofMinutes(5)));
    URI origin = URI.create(server.origin());
    String suffix = "sandbox-files-" + origin.getPort();
    try (Socket stalled = open(url);
        Socket paused = open(url);
        Socket idle = new Socket(origin.getHost(), origin.getPort())) {
      server.awaitBytes(PATH, 1000, Duration.ofSeconds(5));
      assertThat(threads(suffix)).isNotEmpty();
      server.close();
      assertThat(threads(suffix)).isEmpty();
      for (Socket socket : List.of(stalled, paused, idle)) {
        assertEnded(socket);
      }
    }
    assertThatThrownBy(() -> new Socket(origin.getHost(), origin.getPort()))
        .isInstanceOf(ConnectException.class);
  }

  /** An open connection would run into the socket's timeout. */
  private static void assertEnded(Socket socket) throws IOException {
    try {
      socket.setSoTimeout(5000);
      socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }

  private static Socket open(String url) throws IOException {
    URI uri = URI.create(url);
    Socket socket = new Socket(uri.getHost(), uri.getPort());
    socket.setSoTimeout(5000);
    String request = "GET " + uri.getPath() + " HTTP/1.1\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static List<String> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }
}
