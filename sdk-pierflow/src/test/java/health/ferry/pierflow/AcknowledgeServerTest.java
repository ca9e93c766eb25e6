package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import health.ferry.core.Secret;
import health.ferry.testkit.Canary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of acknowledging against a server that answers what a test has written down. */
abstract class AcknowledgeServerTest {

  static final String KEY = "pf_test_sk_" + Canary.SECRET;
  static final String ACKNOWLEDGE = "/v1/import-packages/[^/]+/acknowledge";
  static final String LINK = "/v1/partner-patient-links/bulk";

  final VirtualTime time = new VirtualTime();

  private WireMockServer server;

  @BeforeEach
  void start() {
    server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  PierflowClientBuilder builder() {
    return PierflowClient.builder("http://127.0.0.1:" + server.port(), Secret.of(KEY))
        .time(time, () -> 0.5);
  }

  AcknowledgementReceipt acknowledge(Acknowledgement acknowledgement) {
    try (PierflowClient client = builder().build()) {
      return client.acknowledge(acknowledgement);
    }
  }

  static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }

  /** Answers in this order, and then always the last of them. */
  void answers(String path, ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      server.stubFor(
          any(urlPathMatching(path))
              .inScenario(path)
              .whenScenarioStateIs(state(i))
              .willSetStateTo(state(Math.min(i + 1, answers.length - 1)))
              .willReturn(answers[i]));
    }
  }

  private static String state(int index) {
    return index == 0 ? Scenario.STARTED : "answer " + index;
  }

  /** What has come, oldest first. */
  List<LoggedRequest> requests() {
    List<LoggedRequest> latestFirst = new ArrayList<>();
    server.getAllServeEvents().forEach(event -> latestFirst.add(event.getRequest()));
    Collections.reverse(latestFirst);
    return latestFirst;
  }

  List<String> bodies() {
    return requests().stream().map(LoggedRequest::getBodyAsString).toList();
  }
}
