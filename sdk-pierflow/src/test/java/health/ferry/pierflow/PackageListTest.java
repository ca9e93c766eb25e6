package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CallOptions;
import health.ferry.core.InvalidInputException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.UnexpectedResponseException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of import packages, in each of the shapes that the server's generations give it. */
class PackageListTest extends PierflowServerTest {

  private static final String LIST = "/v1/organizations/" + ORGANIZATION + "/import-packages";

  /** The answer of the public page "Import packages". */
  private static final String SEED =
      """
      {
        "packages": [
          {
            "package_id": "pkg_c7d8e9f0",
            "organization_id": "org_lagos_general_clinic",
            "created_at": "2026-06-01T10:00:00Z",
            "status": "READY",
            "patient_count": 247,
            "record_count": 1834,
            "download_url": "/v1/import-packages/pkg_c7d8e9f0/download",
            "checksum_sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "expires_at": "2026-06-08T10:00:00Z"
          }
        ]
      }
      """;

  /** What the server itself sends: ids without a prefix, milliseconds, a size, nulls. */
  private static final String SERVER =
      """
      {"packages":[
        {"package_id":"cmbd3f8x20001l508h2k9z7qa","created_at":"2026-06-01T02:00:03.123Z",
         "status":"ACKNOWLEDGED","patient_count":2,"record_count":9,"file_size_bytes":3000000000,
         "download_url":"/v1/import-packages/cmbd3f8x20001l508h2k9z7qa/download",
         "checksum_sha256":null,"expires_at":null},
        {"package_id":"cmbd3f8x20000l508h2k9z7qb","created_at":"2026-05-31T02:00:03.123Z",
         "status":"BUILDING","patient_count":0,"record_count":0,"file_size_bytes":null,
         "download_url":"/v1/import-packages/cmbd3f8x20000l508h2k9z7qb/download",
         "checksum_sha256":null,"expires_at":null}]}
      """;

  private List<ImportPackage> listed(String answer) {
    answers(json(200, answer));
    try (PierflowClient client = client()) {
      return client.listPackages(ORGANIZATION);
    }
  }

  private static String one(String fields) {
    return "{\"packages\":[{\"package_id\":\"pkg_1\"" + fields + "}]}";
  }

  @Test
  void the_pages_list_arrives_field_by_field() {
    List<ImportPackage> packages = listed(SEED);

    assertThat(packages).hasSize(1);
    ImportPackage pkg = packages.get(0);
    assertThat(pkg.id()).isEqualTo("pkg_c7d8e9f0");
    assertThat(pkg.organizationId()).contains("org_lagos_general_clinic");
    assertThat(pkg.createdAt()).contains(Instant.parse("2026-06-01T10:00:00Z"));
    assertThat(pkg.status()).isEqualTo(PackageStatus.READY);
    assertThat(pkg.patientCount()).hasValue(247);
    assertThat(pkg.recordCount()).hasValue(1834);
    assertThat(pkg.fileSizeBytes()).isEmpty();
    assertThat(pkg.downloadUrl()).contains("/v1/import-packages/pkg_c7d8e9f0/download");
    assertThat(pkg.checksumSha256())
        .contains("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(pkg.expiresAt()).contains(Instant.parse("2026-06-08T10:00:00Z"));
    assertThat(pkg.raw()).contains("\"record_count\":1834");
    assertThat(pkg).hasToString("ImportPackage pkg_c7d8e9f0 READY");
  }

  @Test
  void it_is_asked_for_as_the_page_says_with_the_key_as_a_bearer_token() {
    answers(json(200, SEED));
    try (PierflowClient client = client()) {
      client.listPackages(
          ORGANIZATION, PackageStatus.READY, CallOptions.defaults().correlationId("import-47"));
    }

    server.verify(
        1,
        getRequestedFor(urlEqualTo(LIST + "?status=READY"))
            .withHeader("Authorization", equalTo("Bearer " + KEY))
            .withHeader("Accept", equalTo("application/json"))
            .withHeader("User-Agent", matching("ferry-pierflow/[0-9][^ ]* \\(java/[0-9]+; .*\\)"))
            .withHeader("X-Request-Id", matching("[0-9a-f-]{36}"))
            .withHeader("X-Correlation-Id", equalTo("import-47"))
            .withHeader("Idempotency-Key", absent()));
  }

  @Test
  void the_servers_own_list_arrives_with_what_it_leaves_out() {
    List<ImportPackage> packages = listed(SERVER);

    assertThat(packages)
        .extracting(ImportPackage::id)
        .containsExactly("cmbd3f8x20001l508h2k9z7qa", "cmbd3f8x20000l508h2k9z7qb");
    ImportPackage newest = packages.get(0);
    assertThat(newest.organizationId()).isEmpty();
    assertThat(newest.createdAt()).contains(Instant.parse("2026-06-01T02:00:03.123Z"));
    assertThat(newest.status()).isEqualTo(PackageStatus.ACKNOWLEDGED);
    assertThat(newest.fileSizeBytes()).hasValue(3_000_000_000L);
    assertThat(newest.checksumSha256()).isEmpty();
    assertThat(newest.expiresAt()).isEmpty();
    assertThat(packages.get(1).status()).isEqualTo(PackageStatus.BUILDING);
    assertThat(packages.get(1).fileSizeBytes()).isEmpty();
    assertThat(packages.get(1).patientCount()).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"READY", "ACKNOWLEDGED", "EXPIRED", "ALL"})
  void packages_of_one_status_are_asked_for_by_its_name(String status) {
    answers(json(200, "{\"packages\":[]}"));
    try (PierflowClient client = client()) {
      assertThat(client.listPackages(ORGANIZATION, PackageStatus.of(status))).isEmpty();
    }
    assertThat(requests().get(0).getUrl()).isEqualTo(LIST + "?status=" + status);
    assertThat(PackageStatus.of(status).isKnown()).isTrue();
  }

  @Test
  void a_package_of_which_only_the_id_is_told_is_a_package() {
    ImportPackage pkg = listed(one("")).get(0);

    assertThat(pkg.status()).isEqualTo(PackageStatus.READY);
    assertThat(pkg.createdAt()).isEmpty();
    assertThat(pkg.patientCount()).isEmpty();
    assertThat(pkg.recordCount()).isEmpty();
    assertThat(pkg.downloadUrl()).isEmpty();
    assertThat(pkg.raw()).isEqualTo("{\"package_id\":\"pkg_1\"}");
  }

  @Test
  void values_of_another_kind_count_as_absent() {
    ImportPackage pkg =
        listed(
                one(
                    """
                    ,"created_at":"yesterday","patient_count":"247","record_count":-1,
                    "file_size_bytes":1.5,"expires_at":17,"checksum_sha256":" "
                    """))
            .get(0);

    assertThat(pkg.createdAt()).isEmpty();
    assertThat(pkg.patientCount()).isEmpty();
    assertThat(pkg.recordCount()).isEmpty();
    assertThat(pkg.fileSizeBytes()).isEmpty();
    assertThat(pkg.expiresAt()).isEmpty();
    assertThat(pkg.checksumSha256()).isEmpty();
  }

  @Test
  void a_new_status_and_a_new_field_are_passed_on() {
    ImportPackage pkg = listed(one(",\"status\":\"ARCHIVED\",\"site\":{\"id\":\"s_1\"}")).get(0);

    assertThat(pkg.status()).isEqualTo(PackageStatus.of("ARCHIVED"));
    assertThat(pkg.status().isKnown()).isFalse();
    assertThat(pkg.raw()).contains("\"site\":{\"id\":\"s_1\"}");
  }

  @Test
  void a_local_time_counts_with_its_offset() {
    assertThat(listed(one(",\"created_at\":\"2026-06-01T11:00:00+01:00\"")).get(0).createdAt())
        .contains(Instant.parse("2026-06-01T10:00:00Z"));
  }

  @Test
  void a_package_in_its_last_day_says_so() {
    time.setTo(Instant.parse("2026-06-07T10:00:00Z"));
    assertThat(listed(one(",\"expires_at\":\"2026-06-08T10:00:00Z\"")).get(0).isExpiringSoon())
        .isFalse();
    assertThat(listed(one(",\"expires_at\":\"2026-06-08T09:59:59Z\"")).get(0).isExpiringSoon())
        .isTrue();
    assertThat(
            listed(one(",\"status\":\"ACKNOWLEDGED\",\"expires_at\":\"2026-06-08T09:59:59Z\""))
                .get(0)
                .isExpiringSoon())
        .isFalse();
  }

  @Test
  void an_id_that_could_be_anything_is_not_printed() {
    assertThat(listed("{\"packages\":[{\"package_id\":\"../x\"}]}").get(0))
        .hasToString("ImportPackage (unprintable id) READY");
  }

  @Test
  void an_organization_that_the_key_is_not_linked_to_is_refused() {
    answers(json(403, "{\"error\":\"FORBIDDEN\"}"));
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.listPackages(ORGANIZATION))
          .isInstanceOf(PermissionDeniedException.class)
          .hasMessageStartingWith("Pierflow listPackages failed: 403 (code=FORBIDDEN, requestId=");
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void an_organizations_id_stands_in_the_path_as_one_segment() {
    answers(json(200, "{\"packages\":[]}"));
    try (PierflowClient client = client()) {
      client.listPackages("an org/é?");
    }
    assertThat(requests().get(0).getUrl())
        .isEqualTo("/v1/organizations/an%20org%2F%C3%A9%3F/import-packages?status=READY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", ".."})
  void an_id_that_would_be_another_path_is_refused_and_nothing_is_sent(String id) {
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.listPackages(id))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("id: must be neither blank nor a dot or two");
    }
    assertThat(requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"packages\":null}",
        "{\"packages\":{}}",
        "{\"packages\":[{}]}",
        "{\"packages\":[{\"package_id\":null}]}",
        "{\"packages\":[{\"package_id\":\" \"}]}",
        "[]"
      })
  void what_is_no_list_of_packages_is_an_error_and_not_an_empty_list(String answer) {
    assertThatThrownBy(() -> listed(answer)).isInstanceOf(UnexpectedResponseException.class);
  }
}
