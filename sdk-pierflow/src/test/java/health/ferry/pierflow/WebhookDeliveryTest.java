package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import health.ferry.core.Secret;
import health.ferry.core.WebhookResponse;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PierflowPartner;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sandbox's Pierflow signs and posts, and the JDK's own server receives. */
class WebhookDeliveryTest {

  private final PartnerSandbox sandbox = PartnerSandbox.builder().patients(3).start();
  private final PierflowPartner partner = sandbox.pierflow();
  private final PierflowWebhooks webhooks =
      PierflowWebhooks.builder(Secret.of(partner.webhookSecret())).build();
  private final List<PierflowEvent> received = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private URI endpoint;

  @BeforeEach
  void listen() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/webhooks/pierflow",
        exchange -> {
          WebhookResponse answer =
              webhooks.handle(
                  exchange.getRequestHeaders(), exchange.getRequestBody(), received::add);
          exchange.sendResponseHeaders(answer.status(), -1);
          exchange.close();
        });
    server.start();
    endpoint =
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/pierflow");
  }

  @AfterEach
  void end() {
    server.stop(0);
    sandbox.close();
  }

  @Test
  void a_package_that_is_ready_is_told_once() {
    String packageId = partner.packages().get(0).id();

    assertThat(partner.readyWebhook(packageId).post(endpoint)).isEqualTo(200);
    assertThat(partner.readyWebhook(packageId).post(endpoint)).isEqualTo(200);

    assertThat(received)
        .singleElement()
        .isInstanceOfSatisfying(
            ImportPackageReady.class,
            ready -> {
              assertThat(ready.packageId()).isEqualTo(packageId);
              assertThat(ready.organizationId()).contains(partner.organizationId());
              assertThat(ready.patientCount()).hasValue(3);
              assertThat(ready.expiresAt())
                  .hasValueSatisfying(
                      end ->
                          assertThat(end.getEpochSecond())
                              .isEqualTo(
                                  partner.importPackage(packageId).expiresAt().getEpochSecond()));
            });
  }

  @Test
  void other_events_come_as_what_they_are() {
    post("processing_job.completed", "{\"job_id\":\"job_1\",\"job_status\":\"VALIDATED\"}");
    post("processing_job.failed", "{\"job_id\":\"job_1\",\"error_code\":\"EXTRACTION_FAILED\"}");
    post("test.ping", "{\"note\":\"hello\"}");
    post("hmo_claim.paid", "{}");

    assertThat(received)
        .extracting(event -> event.type().value())
        .containsExactly(
            "processing_job.completed", "processing_job.failed", "test.ping", "hmo_claim.paid");
  }

  private void post(String event, String data) {
    assertThat(partner.webhook(event, data).post(endpoint)).isEqualTo(200);
  }

  @Test
  void what_somebody_else_signed_is_refused() {
    assertThat(partner.webhook("test.ping", "{}").signedBy("another secret").post(endpoint))
        .isEqualTo(401);
    assertThat(received).isEmpty();
  }
}
