package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault on the wire, once; then the file is served as usual. */
class FaultTest {

  private static final String PATH = "/files/Patient-1.ndjson";
  private static final String CONTENT = "0123456789".repeat(1000);

  private final FaultyServer server = FaultyServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private String serve(FileOptions options, Fault... faults) {
    server.serve(PATH, Body.of(CONTENT), options);
    server.fault(PATH, faults);
    return server.url(PATH);
  }

  private void assertServedAsUsual() throws Exception {
    HttpResponse<String> answer = Http.get(server.url(PATH));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(CONTENT);
  }

  @Test
  void answers_statuses_in_order_then_as_usual() throws Exception {
    String url =
        serve(
            FileOptions.defaults(),
            Fault.status(503).header("Retry-After", "7").body("busy"),
            Fault.status(410));
    server.fault(PATH, 2, Fault.status(404));
    HttpResponse<String> busy = Http.get(url);
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(busy.headers().firstValue("Retry-After")).contains("7");
    assertThat(busy.body()).isEqualTo("busy");
    assertThat(Http.get(url).statusCode()).isEqualTo(410);
    assertThat(Http.get(url).statusCode()).isEqualTo(404);
    assertThat(Http.get(url).statusCode()).isEqualTo(404);
    assertServedAsUsual();
    server.fault(PATH, Fault.status(500));
    server.clearFaults();
    assertServedAsUsual();
  }

  @Test
  void cuts_short_of_the_content_length() throws Exception {
    RawAnswer answer = RawAnswer.get(serve(FileOptions.defaults(), Fault.cutAfter(4321)));
    assertThat(answer.header("Content-Length")).contains("10000");
    assertThat(answer.text()).isEqualTo(CONTENT.substring(0, 4321));
    assertThat(answer.reset()).isFalse();
    assertServedAsUsual();
  }

  @Test
  void cuts_without_the_last_chunk() throws Exception {
    FileOptions chunked = FileOptions.defaults().framing(Framing.CHUNKED);
    RawAnswer answer = RawAnswer.get(serve(chunked, Fault.cutAfter(5000), Fault.cutAfter(10_000)));
    assertThat(answer.text()).isEqualTo("1388\r\n" + CONTENT.substring(0, 5000) + "\r\n");
    assertThat(RawAnswer.get(server.url(PATH)).text()).isEqualTo("2710\r\n" + CONTENT + "\r\n");
    assertServedAsUsual();
  }

  @Test
  void cuts_a_body_that_ends_with_the_connection() throws Exception {
    FileOptions close = FileOptions.defaults().framing(Framing.CLOSE);
    RawAnswer answer = RawAnswer.get(serve(close, Fault.cutAfter(5000)));
    assertThat(answer.text()).isEqualTo(CONTENT.substring(0, 5000));
    assertServedAsUsual();
  }

  @Test
  void counts_a_cut_from_the_start_of_a_ranged_answer() throws Exception {
    String url = serve(FileOptions.defaults(), Fault.cutAfter(10));
    RawAnswer answer = RawAnswer.get(url, "Range: bytes=9001-");
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.text()).isEqualTo("1234567890");
  }

  @Test
  void resets_before_the_headers_or_within_the_body() throws Exception {
    String url = serve(FileOptions.defaults(), Fault.resetBeforeHeaders(), Fault.resetAfter(100));
    RawAnswer before = RawAnswer.get(url);
    assertThat(before.reset()).isTrue();
    assertThat(before.head()).isEmpty();
    assertThat(RawAnswer.get(url).reset()).isTrue();
    assertThat(server.bytesSent(PATH)).isEqualTo(100);
    assertServedAsUsual();
  }

  @Test
  void stalls_until_the_client_leaves() throws Exception {
    URI url = URI.create(serve(FileOptions.defaults(), Fault.stallAfter(100)));
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout(300);
      String request = "GET " + PATH + " HTTP/1.1\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder text = new StringBuilder();
      InputStream in = socket.getInputStream();
      Assertions.assertThatThrownBy(
              () -> {
                for (int next = in.read(); next >= 0; next = in.read()) {
                  text.append((char) next);
                }
              })
          .isInstanceOf(SocketTimeoutException.class);
      assertThat(text.toString()).endsWith("\r\n\r\n" + CONTENT.substring(0, 100));
    }
    assertServedAsUsual();
  }

  @Test
  void pauses_delays_and_slows_down() throws Exception {
    String url =
        serve(
            FileOptions.defaults(),
            Fault.pauseAfter(5000, Duration.ofMillis(150)),
            Fault.delay(Duration.ofMillis(150)),
            Fault.slow(50_000));
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      assertThat(Http.get(url).body()).isEqualTo(CONTENT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
    }
    assertServedAsUsual();
  }

  @Test
  void lies_about_the_length() throws Exception {
    String url =
        serve(FileOptions.defaults(), Fault.wrongContentLength(50), Fault.wrongContentLength(-50));
    RawAnswer longer = RawAnswer.get(url);
    assertThat(longer.header("Content-Length")).contains("10050");
    assertThat(longer.body()).hasSize(10_000);
    RawAnswer shorter = RawAnswer.get(url);
    assertThat(shorter.header("Content-Length")).contains("9950");
    assertThat(shorter.body()).hasSize(10_000);
    assertServedAsUsual();
  }

  @Test
  void spoils_the_gzip_trailer_and_says_when_it_cannot() throws Exception {
    String url =
        serve(
            FileOptions.defaults().gzip(true), Fault.wrongGzipTrailer(), Fault.wrongGzipTrailer());
    byte[] gzip = Http.getBytes(url, "Accept-Encoding", "gzip").body();
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
      Assertions.assertThatThrownBy(in::readAllBytes).hasMessageContaining("trailer");
    }
    assertThat(Http.get(url).statusCode()).isEqualTo(500);
    assertServedAsUsual();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void redirects_to_another_origin(int status) throws Exception {
    try (FaultyServer other = FaultyServer.start()) {
      String target = other.url(PATH);
      HttpResponse<String> answer =
          Http.get(serve(FileOptions.defaults(), Fault.redirect(status, target)));
      assertThat(answer.statusCode()).isEqualTo(status);
      assertThat(answer.headers().firstValue("Location")).contains(target);
      assertThat(other.origin()).isNotEqualTo(server.origin());
    }
  }

  @Test
  void answers_html_with_status_200() throws Exception {
    HttpResponse<String> answer = Http.get(serve(FileOptions.defaults(), Fault.html()));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
    assertThat(answer.body()).startsWith("<!DOCTYPE html>");
    assertServedAsUsual();
  }

  @Test
  void changes_the_etag_so_that_if_range_fails() throws Exception {
    String url = serve(FileOptions.defaults());
    String etag = Http.get(url).headers().firstValue("ETag").orElseThrow();
    server.fault(PATH, Fault.etag("\"other\""), Fault.ignoreRange());
    HttpResponse<String> changed = Http.get(url, "Range", "bytes=5-", "If-Range", etag);
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).contains("\"other\"");
    assertThat(Http.get(url, "Range", "bytes=5-").statusCode()).isEqualTo(200);
    assertThat(Http.get(url, "Range", "bytes=5-", "If-Range", etag).statusCode()).isEqualTo(206);
  }

  @Test
  void keeps_a_fault_for_the_first_request_that_the_guard_lets_through() throws Exception {
    FileOptions guarded = FileOptions.defaults().guard(FileGuard.bearer("good"::equals));
    String url = serve(guarded, Fault.status(503));
    assertThat(Http.get(url).statusCode()).isEqualTo(401);
    assertThat(Http.get(url, "Authorization", "Bearer good").statusCode()).isEqualTo(503);
    assertThat(Http.get(url, "Authorization", "Bearer good").statusCode()).isEqualTo(200);
  }
}
