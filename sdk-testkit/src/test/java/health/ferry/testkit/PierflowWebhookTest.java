package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Webhooks as Pierflow makes, signs and posts them. */
class PierflowWebhookTest extends FreshPierflow {

  private static final Instant WHEN = Instant.parse("2026-06-01T10:00:00.900Z");

  @Test
  void tells_of_a_package_field_by_field() {
    PierflowWebhook webhook = partner.readyWebhook(packageId());
    JsonNode message = Http.json(webhook.json());
    assertThat(message.fieldNames())
        .toIterable()
        .containsExactly("event", "emitted_at", "partner_id", "data");
    assertThat(message.path("event").asText()).isEqualTo("import_package.ready");
    assertThat(message.path("emitted_at").asText()).matches(".*\\.\\d{3}Z");
    assertThat(message.path("partner_id").asText()).isEqualTo("prt_sandbox");
    JsonNode data = message.path("data");
    assertThat(data.fieldNames())
        .toIterable()
        .containsExactly(
            "package_id",
            "organization_id",
            "patient_count",
            "record_count",
            "file_size_bytes",
            "download_endpoint",
            "expires_at");
    assertThat(data.path("package_id").asText()).isEqualTo(packageId());
    assertThat(data.path("organization_id").asText()).isEqualTo("org_north_clinic");
    assertThat(data.path("patient_count").asInt()).isEqualTo(3);
    assertThat(data.path("download_endpoint").asText())
        .isEqualTo("/v1/import-packages/" + packageId() + "/download");
    assertThatThrownBy(() -> partner.readyWebhook("pkg_nowhere"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tells_of_anything_else_with_given_data() {
    JsonNode message = Http.json(partner.webhook("test.ping", "{\"note\":\"hello\"}").json());
    assertThat(message.path("event").asText()).isEqualTo("test.ping");
    assertThat(message.path("data").path("note").asText()).isEqualTo("hello");
    assertThatThrownBy(() -> partner.webhook("test.ping", "{"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void signs_the_seconds_a_dot_and_the_body_with_the_secret_as_it_stands() {
    // Worked out apart: openssl dgst -sha256 -hmac key
    PierflowWebhook webhook =
        new PierflowWebhook(Clock.systemUTC(), "{\"event\":\"test.ping\"}", "key");
    assertThat(webhook.headers(WHEN))
        .isEqualTo(
            Map.of(
                "Content-Type",
                "application/json",
                "User-Agent",
                "Pierflow-Webhooks/1.0",
                "X-Pierflow-Signature",
                "t=1780308000,v1=b8883ff310d828e86539328935de8cc30c8e895586cad3877f45ce211a06350d"));
  }

  @Test
  void signs_by_the_partners_clock_and_secret() {
    partner.stopClock();
    PierflowWebhook webhook = partner.readyWebhook(packageId());
    String first = webhook.headers().get("X-Pierflow-Signature");
    assertThat(webhook.headers().get("X-Pierflow-Signature")).isEqualTo(first);
    partner.moveClock(Duration.ofSeconds(30));
    assertThat(webhook.headers().get("X-Pierflow-Signature")).isNotEqualTo(first);
    assertThat(webhook.signedBy("other").headers(WHEN)).isNotEqualTo(webhook.headers(WHEN));
    assertThat(webhook.signedBy(partner.webhookSecret()).headers(WHEN))
        .isEqualTo(webhook.headers(WHEN));
    assertThat(partner.webhookSecret()).matches("[A-Za-z0-9_-]{43}").contains(Canary.SECRET);
    Canary.assertAbsent(webhook);
  }

  @Test
  void posts_the_same_bytes_each_time_and_tells_the_status() throws Exception {
    List<String> bodies = new CopyOnWriteArrayList<>();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hooks",
        exchange -> {
          bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          assertThat(exchange.getRequestHeaders().getFirst("X-Pierflow-Signature"))
              .startsWith("t=");
          exchange.sendResponseHeaders(bodies.size() == 1 ? 500 : 204, -1);
          exchange.close();
        });
    receiver.start();
    URI url = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hooks");
    PierflowWebhook webhook = partner.readyWebhook(packageId());
    try {
      assertThat(webhook.post(url)).isEqualTo(500);
      assertThat(webhook.post(url)).isEqualTo(204);
    } finally {
      receiver.stop(0);
    }
    assertThat(bodies).containsExactly(webhook.json(), webhook.json());
    assertThatThrownBy(() -> webhook.post(url)).isInstanceOf(UncheckedIOException.class);
  }
}
