package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;

/** Tests of acknowledging against a server that answers what a test has written down. */
abstract class AcknowledgeServerTest extends PierflowServerTest {

  static final String LINK = "/v1/partner-patient-links/bulk";

  AcknowledgementReceipt acknowledge(Acknowledgement acknowledgement) {
    try (PierflowClient client = client()) {
      return client.acknowledge(acknowledgement);
    }
  }

  /** What bulk links get, whatever the answers to all else. */
  void answersToLinks(ResponseDefinitionBuilder answer) {
    server.stubFor(any(urlPathEqualTo(LINK)).atPriority(1).willReturn(answer));
  }

  List<String> bodies() {
    return requests().stream().map(LoggedRequest::getBodyAsString).toList();
  }
}
