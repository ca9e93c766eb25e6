package health.ferry.bulkfhir;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import health.ferry.core.Secret;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.testkit.Canary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server that accepts every kick-off and does nothing else, so that each byte can be seen. */
abstract class KickOffServerTest {

  static final String BASE = "/fhir/R4";

  WireMockServer server;

  @BeforeEach
  void start() {
    server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    server.stubFor(any(urlPathMatching(".*/\\$export")).willReturn(accepted()));
    metadata(aResponse().withStatus(404));
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  final ResponseDefinitionBuilder accepted() {
    return aResponse()
        .withStatus(202)
        .withHeader("Content-Location", server.baseUrl() + BASE + "/job/1");
  }

  final void metadata(ResponseDefinitionBuilder answer) {
    server.stubFor(get(urlEqualTo(BASE + "/metadata")).willReturn(answer));
  }

  /** Says at every level that it speaks this version of the guide. */
  final void speaks(String version) {
    metadata(
        aResponse()
            .withHeader("Content-Type", "application/fhir+json")
            .withBody(
                """
                {
                  "resourceType": "CapabilityStatement",
                  "instantiates": [
                    "http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data|%s"
                  ]
                }
                """
                    .formatted(version)));
  }

  final BulkFhirClient client(UnaryOperator<BulkFhirClientBuilder> change) {
    return change
        .apply(
            BulkFhirClient.builder(server.baseUrl() + BASE)
                .token(Secret.of(Canary.SECRET + "-token"))
                .time(SystemTime.INSTANCE, () -> 0))
        .build();
  }

  /** The kick-off as it was sent. */
  final LoggedRequest kickOffOf(ExportRequest.Builder request, ExportPreset preset) {
    try (BulkFhirClient client = client(builder -> builder.preset(preset))) {
      client.startExport(request.build());
    }
    List<LoggedRequest> sent = kickOffs();
    return sent.get(sent.size() - 1);
  }

  final LoggedRequest kickOffOf(ExportRequest.Builder request) {
    return kickOffOf(request, ExportPreset.GENERIC);
  }

  final List<LoggedRequest> kickOffs() {
    return requests().stream().filter(r -> r.getUrl().contains("$export")).toList();
  }

  final List<LoggedRequest> metadataRequests() {
    return requests().stream().filter(r -> r.getUrl().equals(BASE + "/metadata")).toList();
  }

  /** All requests, oldest first. */
  private List<LoggedRequest> requests() {
    List<LoggedRequest> requests = new ArrayList<>();
    server.getAllServeEvents().forEach(event -> requests.add(0, event.getRequest()));
    return requests;
  }
}
