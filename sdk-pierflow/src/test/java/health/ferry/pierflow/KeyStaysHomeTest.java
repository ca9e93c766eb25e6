package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import health.ferry.core.CallOptions;
import health.ferry.core.Secret;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.testkit.Canary;
import health.ferry.testkit.Fault;
import health.ferry.testkit.RecordedRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The key belongs to Pierflow's origin: storage, on another port, sees a name and a range. */
class KeyStaysHomeTest extends PackageServers {

  /** All that a stranger may be told. */
  private static final Set<String> HARMLESS =
      Set.of("host", "connection", "user-agent", "accept", "accept-encoding", "range", "if-range");

  private void assertStorageIsToldNothing() {
    assertThat(storage.requests()).isNotEmpty();
    for (RecordedRequest request : storage.requests()) {
      assertThat(HARMLESS).containsAll(names(request));
      assertThat(request.headers().toString()).doesNotContain(Canary.SECRET, "import-47");
    }
  }

  private static List<String> names(RecordedRequest request) {
    return request.headers().keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }

  static Stream<String> statuses() {
    return Stream.of("200", "301", "302", "303", "307", "308");
  }

  private ResponseDefinitionBuilder leadingToStorage(int status) {
    return status == 200
        ? link(storage.url(FILE), sha256(ZIP))
        : aResponse().withStatus(status).withHeader("Location", storage.url(FILE));
  }

  @ParameterizedTest
  @MethodSource("statuses")
  void storage_never_sees_the_key_however_it_is_reached(int status) {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(leadingToStorage(status));
    storage.fault(FILE, Fault.cutAfter(300_000), Fault.status(503));

    try (PierflowClient client = client()) {
      client.download(pkg, folder, CallOptions.defaults().correlationId("import-47"));
    }

    assertThat(target()).hasBinaryContent(ZIP);
    assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(requests().get(0).getHeader("X-Correlation-Id")).isEqualTo("import-47");
    assertStorageIsToldNothing();
  }

  @Test
  void a_list_that_names_another_host_for_the_download_does_not_get_it_the_key() {
    ImportPackage pkg = listed("\"download_url\":\"" + storage.url(FILE) + "\"", baseUrl());

    try (PierflowClient client = client()) {
      client.download(pkg, folder);
    }

    assertThat(requests()).isEmpty();
    assertStorageIsToldNothing();
  }

  /** A host's name that leads to this machine, as a real server's may not. */
  private PierflowClient elsewhere() {
    return PierflowClient.builder("http://pierflow.example:" + server.port(), Secret.of(KEY))
        .transport(
            options ->
                options
                    .allowInsecureHttp()
                    .okHttpClient(
                        new OkHttpClient.Builder()
                            .dns(host -> List.of(InetAddress.getLoopbackAddress()))
                            .build()))
        .time(time, () -> 0.5)
        .build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "[::1]"})
  void a_server_elsewhere_cannot_send_the_download_to_this_machine(String loopback) {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link("https://" + loopback + "/x.zip", sha256(ZIP)));

    try (PierflowClient client = elsewhere()) {
      assertThatThrownBy(() -> client.download(pkg, folder))
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining(
              "the download URL that the server named must not be on this machine");
    }
    assertThat(requests()).hasSize(1);
  }
}
