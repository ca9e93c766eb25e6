package health.ferry.pierflow;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests against a server that answers what a test has written down. */
abstract class PierflowServerTest {

  static final String ORGANIZATION = "org_lagos_general_clinic";
  static final String KEY = "pf_test_sk_" + Canary.SECRET;

  final VirtualTime time = new VirtualTime();

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

  PierflowClient client() {
    return client(baseUrl());
  }

  PierflowClient client(String baseUrl) {
    return PierflowClient.builder(baseUrl, Secret.of(KEY)).time(time, () -> 0.5).build();
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
}
