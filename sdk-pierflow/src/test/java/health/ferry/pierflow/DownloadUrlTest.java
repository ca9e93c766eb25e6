package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Base URL and {@code download_url} may both hold {@code /v1}, or neither. */
class DownloadUrlTest extends PackageServers {

  private String asked(String base, String field) {
    ImportPackage pkg = listed("\"download_url\":" + field, baseUrl());
    answers(aResponse().withHeader("Content-Type", "application/zip").withBody(ZIP));
    try (PierflowClient client = client(baseUrl() + base)) {
      client.download(pkg, folder);
    }
    return requests().get(0).getUrl();
  }

  @ParameterizedTest
  @CsvSource({
    "'', /v1/import-packages/p/download, /v1/import-packages/p/download",
    "/, /v1/import-packages/p/download, /v1/import-packages/p/download",
    "/v1, /v1/import-packages/p/download, /v1/import-packages/p/download",
    "/v1/, /v1/import-packages/p/download, /v1/import-packages/p/download",
    "'', /import-packages/p/download, /v1/import-packages/p/download",
    "/v1, import-packages/p/download, /v1/import-packages/p/download",
    "/v1, v1/import-packages/p/download, /v1/import-packages/p/download",
    "'', /v1/import-packages/p/download?s=1, /v1/import-packages/p/download?s=1",
    "/pierflow/v1, /v1/import-packages/p/download, /pierflow/v1/import-packages/p/download",
    "/pierflow, /pierflow/v1/import-packages/p/download, /pierflow/v1/import-packages/p/download",
    "/pierflow, /import-packages/p/download, /pierflow/v1/import-packages/p/download",
  })
  void a_path_is_completed_and_never_doubled(String base, String named, String asked) {
    assertThat(asked(base, "\"" + named + "\"")).isEqualTo(asked);
  }

  @ParameterizedTest
  @CsvSource({"''", "/v1", "/v1/"})
  void without_one_it_is_the_contracts_path(String base) {
    assertThat(asked(base, "null")).isEqualTo(DOWNLOAD);
  }

  @ParameterizedTest
  @CsvSource({"''", "/v1"})
  void a_url_of_the_server_itself_is_taken_as_it_is(String base) {
    assertThat(asked(base, "\"" + baseUrl() + "/files/p.zip?s=1\"")).isEqualTo("/files/p.zip?s=1");
    assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Bearer " + KEY);
  }
}
