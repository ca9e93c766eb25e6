package health.ferry.core.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.testing.TestClient;
import health.ferry.core.testing.VirtualTime;
import java.util.Optional;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** Redirects between https hosts, which no test server here speaks. */
class RedirectsTest {

  private final Redirects redirects = new Redirects(new UrlPolicy(true));

  @Test
  void from_https_to_http_is_refused_even_where_http_is_allowed() {
    assertThatThrownBy(() -> next("https://partner.test/a", "http://partner.test/b"))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("a redirect from https to http");
  }

  @Test
  void another_port_of_the_same_host_is_a_stranger() {
    Request onward = next("https://partner.test/a", "https://partner.test:8443/b").orElseThrow();

    assertThat(onward.header("x-api-key")).isNull();
    assertThat(onward.header("Range")).isEqualTo("bytes=5-");
  }

  @Test
  void a_relative_location_stays_at_home() {
    Request onward = next("https://partner.test/a/b", "../c?d").orElseThrow();

    assertThat(onward.url()).hasToString("https://partner.test/c?d");
    assertThat(onward.header("x-api-key")).isEqualTo("key");
  }

  @Test
  void from_elsewhere_to_this_machine_is_refused() {
    assertThatThrownBy(() -> next("https://partner.test/a", "https://127.0.0.1/b"))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("must not be on this machine");
  }

  private Optional<Request> next(String from, String location) {
    Request request =
        new Request.Builder()
            .url(from)
            .header("x-api-key", "key")
            .header("Range", "bytes=5-")
            .build();
    Response response =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(302)
            .message("Elsewhere")
            .header("Location", location)
            .build();
    try (TestClient client = TestClient.in(new VirtualTime())) {
      return redirects.next(request, response, 0, client.call());
    }
  }
}
