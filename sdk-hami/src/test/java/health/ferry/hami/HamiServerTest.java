package health.ferry.hami;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests against a server that answers what a test has written down, and counts no requests. */
abstract class HamiServerTest {

  static final String GROUP = "my-group";
  static final String ENDPOINT = "/api/g/my-group/ingestion/fhir/v4";
  static final String ACCEPTED = "{\"transactionId\": \"t3zL38PrPDaFp2fLL4DvtY\"}";

  private static final AtomicInteger KEYS = new AtomicInteger();

  final VirtualTime time = new VirtualTime();

  /** Of its own for each test, since a key's rate limit outlives its clients. */
  final Secret key = Secret.of(Canary.SECRET + "-hami-" + KEYS.incrementAndGet());

  WireMockServer server;

  @BeforeEach
  void start() {
    server = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.port();
  }

  HamiClientBuilder builder() {
    return HamiClient.builder(baseUrl(), GROUP, key).time(time, () -> 0.5);
  }

  HamiClient client() {
    return builder().build();
  }

  static ResponseDefinitionBuilder json(int status, String body) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/json")
        .withBody(body);
  }

  /** Answers in this order, and then always the last of them. */
  void answers(ResponseDefinitionBuilder... answers) {
    for (int i = 0; i < answers.length; i++) {
      server.stubFor(
          any(anyUrl())
              .inScenario("answers")
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

  List<byte[]> bodies() {
    return requests().stream().map(LoggedRequest::getBody).toList();
  }
}
