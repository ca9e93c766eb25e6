package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import health.ferry.core.internal.json.JsonTree;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The acknowledgement of Pierflow's page "Import packages", and what newer servers add to it. */
class AcknowledgeContractTest extends AcknowledgeServerTest {

  /** The request of the page, as it stands there. */
  private static final String SEED =
      """
      {
        "imported_patient_count": 245,
        "failed_patient_ids": ["pat_x1y2z3", "pat_a4b5c6"],
        "failure_reasons": {
          "pat_x1y2z3": "DUPLICATE_HOSPITAL_NUMBER",
          "pat_a4b5c6": "MISSING_REQUIRED_FIELD"
        },
        "imported_at": "2026-06-01T11:23:00Z",
        "partner_import_reference": "YOUR-IMPORT-REF-00047"
      }
      """;

  private static Acknowledgement seed() {
    List<String> imported = IntStream.range(0, 245).mapToObj(n -> "pat_" + n).toList();
    AcknowledgementBuilder builder =
        Acknowledgement.builder(
            "pkg_c7d8e9f0",
            null,
            Stream.concat(Stream.of("pat_x1y2z3", "pat_a4b5c6"), imported.stream()).toList());
    imported.forEach(builder::imported);
    return builder
        .failed("pat_x1y2z3", FailureReason.DUPLICATE_HOSPITAL_NUMBER)
        .failed("pat_a4b5c6", FailureReason.MISSING_REQUIRED_FIELD)
        .importedAt(Instant.parse("2026-06-01T11:23:00Z"))
        .reference("YOUR-IMPORT-REF-00047")
        .build();
  }

  private static Acknowledgement mapped(int patients) {
    List<String> ids = IntStream.range(0, patients).mapToObj(n -> "pat_" + n).toList();
    AcknowledgementBuilder builder =
        Acknowledgement.builder("pkg_1", "org_1", ids).externalSystem("urn:oid:1.2.3");
    ids.forEach(id -> builder.imported(id, "emr_" + id));
    return builder.build();
  }

  @Test
  void the_pages_request_goes_field_by_field_to_the_pages_url_with_its_headers()
      throws IOException {
    answers(json(200, "{}"));
    Acknowledgement acknowledgement = seed();

    acknowledge(acknowledgement);

    LoggedRequest request = requests().get(0);
    assertThat(request.getMethod().getName()).isEqualTo("POST");
    assertThat(request.getUrl()).isEqualTo("/v1/import-packages/pkg_c7d8e9f0/acknowledge");
    assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
    assertThat(request.getHeader("Accept")).isEqualTo("application/json");
    assertThat(request.getHeader("Idempotency-Key"))
        .matches("ferry_acknowledge_[0-9a-f]{64}")
        .isEqualTo(acknowledgement.idempotencyKey());
    // Written on one line, it is the page's request byte by byte, in the page's order.
    assertThat(request.getBodyAsString())
        .isEqualTo(new String(JsonTree.write(JsonTree.read(SEED.getBytes(UTF_8))), UTF_8));
    assertThat(requests()).hasSize(1);
  }

  @Test
  void an_answer_without_a_body_is_a_receipt() {
    for (int status : new int[] {200, 204}) {
      answers(aResponse().withStatus(status));

      AcknowledgementReceipt receipt = acknowledge(seed());

      assertThat(receipt.packageId()).isEqualTo("pkg_c7d8e9f0");
      assertThat(receipt.status()).isEmpty();
      assertThat(receipt.mappings()).isEmpty();
      assertThat(receipt.raw()).isEmpty();
    }
    assertThat(requests()).hasSize(2);
  }

  @Test
  void the_newer_answer_tells_what_came_of_each_mapping() {
    String answer =
        """
        { "status": "acknowledged", "package_id": "pkg_1", "patient_id_mappings": [
          { "pierflow_patient_id": "pat_0", "external_id": "emr_pat_0", "ok": true },
          { "pierflow_patient_id": "pat_1", "external_id": "emr_pat_1", "ok": false,
            "reason": "PATIENT_NOT_FOUND" },
          { "pierflow_patient_id": "pat_2", "external_id": "emr_pat_2", "ok": false,
            "reason": "A_NEW_REASON", "since": "a later version" } ] }
        """;
    answers(json(200, answer));

    AcknowledgementReceipt receipt = acknowledge(mapped(3));

    assertThat(receipt.status()).contains(PackageStatus.ACKNOWLEDGED);
    assertThat(receipt.raw()).isEqualTo(answer);
    assertThat(receipt).hasToString("AcknowledgementReceipt of pkg_1: 1 of 3 mappings linked");
    assertThat(receipt.mappings())
        .extracting(
            MappingResult::patientId,
            MappingResult::externalId,
            MappingResult::isOk,
            MappingResult::reason)
        .containsExactly(
            tuple("pat_0", "emr_pat_0", true, Optional.empty()),
            tuple("pat_1", "emr_pat_1", false, Optional.of(LinkRefusal.PATIENT_NOT_FOUND)),
            tuple("pat_2", "emr_pat_2", false, Optional.of(LinkRefusal.of("A_NEW_REASON"))));
    assertThat(receipt.mappings().get(1)).hasToString("MappingResult refused: PATIENT_NOT_FOUND");
    assertThat(receipt.mappings().get(0)).hasToString("MappingResult ok");
  }

  @Test
  void two_thousand_mappings_go_in_the_acknowledgement_itself() {
    answers(json(200, "{}"));

    acknowledge(mapped(2_000));

    assertThat(requests()).hasSize(1);
    assertThat(bodies().get(0).split("\"pierflow_patient_id\"", -1)).hasSize(2_001);
  }

  @Test
  void the_mapping_after_them_goes_as_a_link_before_the_acknowledgement() {
    answersToLinks(
        json(
            200,
            """
            { "ok_count": 0, "failed_count": 1, "results": [ { "ok": false, "patient_id": "pat_2000",
              "external_id": "emr_pat_2000", "reason": "EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT" } ] }
            """));
    answers(json(200, "{\"status\":\"acknowledged\",\"patient_id_mappings\":[]}"));

    AcknowledgementReceipt receipt = acknowledge(mapped(2_001));

    assertThat(requests())
        .extracting(LoggedRequest::getUrl)
        .containsExactly(LINK, "/v1/import-packages/pkg_1/acknowledge");
    assertThat(bodies().get(0))
        .isEqualTo(
            "{\"organization_id\":\"org_1\",\"external_system\":\"urn:oid:1.2.3\",\"items\":["
                + "{\"kind\":\"by_patient_id\",\"patient_id\":\"pat_2000\","
                + "\"external_id\":\"emr_pat_2000\"}]}");
    assertThat(bodies().get(1))
        .startsWith("{\"imported_patient_count\":2001,")
        .contains("\"pat_1999\"")
        .doesNotContain("\"pat_2000\"");
    assertThat(receipt.mappings())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.reason())
                    .contains(LinkRefusal.EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT));
  }
}
