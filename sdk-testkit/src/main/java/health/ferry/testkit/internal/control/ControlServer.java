package health.ferry.testkit.internal.control;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;

/**
 * WireMock on 127.0.0.1 with a free port, every call answered by one {@link ControlHandler}.
 * HTTP/1.1 only; WireMock's own journal is bounded.
 */
public final class ControlServer implements AutoCloseable {

  private static final int WIREMOCK_JOURNAL_ENTRIES = 100;
  private static final int THREADS = 32;

  private final WireMockServer wireMock;

  private ControlServer(WireMockServer wireMock) {
    this.wireMock = wireMock;
  }

  /** Starts the server. */
  public static ControlServer start(ControlHandler handler, RequestLog log) {
    WireMockServer wireMock =
        new WireMockServer(
            wireMockConfig()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .http2PlainDisabled(true)
                .containerThreads(THREADS)
                .jettyAcceptors(1)
                .extensionScanningEnabled(false)
                .maxRequestJournalEntries(WIREMOCK_JOURNAL_ENTRIES)
                .stubRequestLoggingDisabled(true)
                .notifier(new QuietNotifier())
                .extensions(new HandlerBridge(handler, log)));
    wireMock.stubFor(any(anyUrl()).willReturn(aResponse()));
    wireMock.start();
    return new ControlServer(wireMock);
  }

  /** Such as {@code http://127.0.0.1:40123}. */
  public String origin() {
    return "http://127.0.0.1:" + wireMock.port();
  }

  @Override
  public void close() {
    wireMock.stop();
  }
}
