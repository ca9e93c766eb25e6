package health.ferry.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.ApiException;
import health.ferry.core.CallEvent;
import health.ferry.core.TransportOptions;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.json.Json;
import health.ferry.core.testing.Reply;
import health.ferry.core.testing.ScriptedServer;
import health.ferry.core.testing.TestClient;
import health.ferry.core.testing.VirtualTime;
import health.ferry.testkit.Body;
import health.ferry.testkit.Canary;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken of an answer, and that every answer is closed whatever becomes of it. */
class ResponseGuardTest {

  private static final int LIMIT = 2_000;

  private final ConnectionPool connections = new ConnectionPool();
  private final List<CallEvent> events = new ArrayList<>();
  private final TestClient client =
      TestClient.in(
          new VirtualTime(),
          TransportOptions.builder()
              .okHttpClient(new OkHttpClient.Builder().connectionPool(connections).build())
              .observer(events::add));

  @AfterEach
  void every_body_was_closed() {
    // A connection whose answer is still open counts as busy.
    assertThat(connections.connectionCount() - connections.idleConnectionCount()).isZero();
    connections.evictAll();
    client.close();
  }

  private String limited(Reply reply) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(reply)) {
      return client.send(
          Exchange.of(
              "GET", HttpUrl.get(server.url("/")), "(route)", answer -> answer.raw(LIMIT).text()));
    }
  }

  @Test
  void an_answer_of_the_limit_is_taken() throws IOException {
    assertThat(limited(Reply.status(200, "x".repeat(LIMIT)))).hasSize(LIMIT);
  }

  @Test
  void an_answer_of_one_byte_more_is_refused() {
    assertThatThrownBy(() -> limited(Reply.status(200, "x".repeat(LIMIT + 1))))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("larger than the limit of 2000 bytes");
    assertThat(events.get(0).bytesReceived()).isEqualTo(LIMIT + 1);
  }

  private String gzipped(String body) {
    try (FaultyServer server = FaultyServer.start()) {
      server.serve("/", Body.of(body), FileOptions.defaults().gzip(true));
      return client.send(
          Exchange.of(
                  "GET",
                  HttpUrl.get(server.url("/")),
                  "(route)",
                  answer -> answer.raw(LIMIT).text())
              // As a request for a file does, which makes OkHttp leave the encoding on.
              .header("Accept-Encoding", "gzip"));
    }
  }

  @Test
  void an_answer_in_gzip_is_read_and_its_limit_counts_what_is_in_it() {
    assertThat(gzipped("x".repeat(LIMIT))).isEqualTo("x".repeat(LIMIT));
    assertThatThrownBy(() -> gzipped("x".repeat(LIMIT + 1)))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("larger than the limit of 2000 bytes");
  }

  @Test
  void a_json_answer_larger_than_the_default_limit_is_refused() throws IOException {
    int tenMebibytes = 10 * 1024 * 1024;
    assertThat(TransportOptions.builder().build().maxJsonBytes()).isEqualTo(tenMebibytes);
    String json = "{\"value\":\"" + "x".repeat(tenMebibytes) + "\"}";
    try (ScriptedServer server = ScriptedServer.start(Reply.json(json))) {
      assertThatThrownBy(() -> client.send(TestClient.get(server.url("/"))))
          .isInstanceOf(UnexpectedResponseException.class);
    }
  }

  @Test
  void an_error_s_body_is_read_up_to_64_kib_and_shown_up_to_4_kib() throws IOException {
    int[] read = new int[1];
    try (ScriptedServer server =
        ScriptedServer.start(Reply.status(422, Canary.FAMILY + "y".repeat(300_000)))) {
      ApiException refused =
          catchThrowableOfType(
              ApiException.class,
              () ->
                  client.send(
                      TestClient.get(server.url("/"))
                          .errors(
                              (call, bare, response) -> {
                                read[0] = response.bytes().length;
                                return ApiException.of(call, bare);
                              })));

      assertThat(read[0]).isEqualTo(64 * 1024);
      assertThat(refused.bodyPreview()).hasSize(4 * 1024).startsWith(Canary.FAMILY);
      assertThat(events.get(0).bytesReceived()).isEqualTo(64 * 1024);
      Canary.assertAbsent(refused);
    }
  }

  @Test
  void a_web_page_in_place_of_json_is_named() {
    assertThatThrownBy(
            () -> json(Reply.status(200, "<html></html>", "Content-Type: Text/HTML;charset=x")))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("an HTML page came instead of JSON");
  }

  @Test
  void broken_json_is_told_by_its_place_alone() {
    assertThatThrownBy(() -> json(Reply.json("{\"name\":\"" + Canary.FAMILY + "\",,}")))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("not valid JSON at line 1, column ")
        .hasNoCause()
        .satisfies(Canary::assertAbsent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "5", "\"text\"", "null"})
  void json_that_is_no_object_is_refused(String body) {
    assertThatThrownBy(() -> json(Reply.json(body)))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("the JSON that came is not an object");
  }

  private String json(Reply reply) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(reply)) {
      return client.send(
          Exchange.of(
              "GET",
              HttpUrl.get(server.url("/")),
              "(route)",
              answer -> Json.object(answer.raw(LIMIT), answer.call().info()).toString()));
    }
  }

  @Test
  void no_content_is_an_answer_where_it_is_accepted() throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Reply.status(204, ""))) {
      int status =
          client
              .transport()
              .send(
                  Exchange.of("DELETE", HttpUrl.get(server.url("/")), "(route)", Answer::status)
                      .accept(200, 202, 204)
                      .build(),
                  client.call());

      assertThat(status).isEqualTo(204);
      assertThat(server.requests().get(0).method()).isEqualTo("DELETE");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 418, 499, 599})
  void a_status_that_was_not_expected_is_an_error_with_that_status(int status) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Reply.status(status, ""))) {
      assertThatThrownBy(() -> client.send(TestClient.get(server.url("/"))))
          .isInstanceOfSatisfying(
              ApiException.class, refused -> assertThat(refused.status()).isEqualTo(status))
          .hasMessageContaining("Partner read failed: " + status);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 299, 302, 304, 399})
  void a_status_that_is_no_error_but_was_not_expected_is_named(int status) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(Reply.status(status, ""))) {
      assertThatThrownBy(() -> client.send(TestClient.get(server.url("/"))))
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining("an answer of status " + status + " has no place here");
    }
  }

  @Test
  void a_reader_that_fails_leaves_nothing_open() {
    assertThatThrownBy(
            () -> {
              try (ScriptedServer server = ScriptedServer.start(Reply.json("{}"))) {
                client.send(
                    Exchange.of(
                        "GET",
                        HttpUrl.get(server.url("/")),
                        "(route)",
                        answer -> {
                          throw new IllegalStateException("of the reader's own");
                        }));
              }
            })
        .isInstanceOf(IllegalStateException.class);
  }
}
