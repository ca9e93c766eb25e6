package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import health.ferry.core.CallOptions;
import health.ferry.core.ConflictException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.TransportOptions;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.limit.SlidingWindowRateLimiter;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.testkit.Canary;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;

/** Fact sheet, 3.6: one external id per patient and partner, made by upserts. */
class PatientLinksTest extends PierflowServerTest {

  private static final String LINKS = "/v1/partner-patient-links";
  private static final String SYSTEM = "https://emr.example.com/patients/";

  private String body(int request) {
    return requests().get(request).getBodyAsString();
  }

  private static List<PatientLink> links(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> PatientLink.ofPatient("pat_" + i, "emr_" + i))
        .toList();
  }

  private static ResponseDefinitionBuilder linked(int from, int to) {
    return json(
        200,
        IntStream.range(from, to)
            .mapToObj(
                "{\"ok\": true, \"patient_id\": \"pat_%1$d\", \"external_id\": \"emr_%1$d\"}"
                    ::formatted)
            .collect(Collectors.joining(",", "{\"results\": [", "]}")));
  }

  @Test
  void a_patient_that_pierflow_knows_is_linked_by_id() {
    answers(
        json(
            201,
            """
            {"link_id": "lnk_1", "patient_id": "pat_b3f9c21a", "external_id": "emr_8821", "created_placeholder": false}
            """));
    try (PierflowClient client = client()) {
      LinkedPatient link =
          client
              .records()
              .link(
                  ORGANIZATION,
                  PatientLink.ofPatient("pat_b3f9c21a", "emr_8821").externalSystem(SYSTEM));

      assertThat(link.linkId()).contains("lnk_1");
      assertThat(link.patientId()).isEqualTo("pat_b3f9c21a");
      assertThat(link.externalId()).isEqualTo("emr_8821");
      assertThat(link.isPlaceholder()).isFalse();
      assertThat(link.organizationId()).isEmpty();
      assertThat(link.linkedAt()).isEmpty();
    }
    server.verify(
        1,
        postRequestedFor(urlEqualTo(LINKS))
            .withHeader("Authorization", equalTo("Bearer " + KEY))
            .withHeader("Content-Type", equalTo("application/json")));
    assertThat(body(0))
        .isEqualTo(
            "{\"kind\":\"by_patient_id\",\"patient_id\":\"pat_b3f9c21a\","
                + "\"external_id\":\"emr_8821\",\"organization_id\":\"org_lagos_general_clinic\","
                + "\"external_system\":\"https://emr.example.com/patients/\"}");
  }

  @Test
  void a_hospital_number_that_pierflow_does_not_know_gets_a_placeholder() {
    answers(
        json(
            201,
            """
            {"link_id": "lnk_2", "patient_id": "cm1", "external_id": "emr_9", "created_placeholder": true}
            """));
    try (PierflowClient client = client()) {
      PatientLink asked =
          PatientLink.ofMrn("LH-00143-26", "emr_9").placeholderName("A. " + Canary.FAMILY);
      LinkedPatient link = client.records().link(ORGANIZATION, asked);

      assertThat(link.isPlaceholder()).isTrue();
      assertThat(asked).hasToString("PatientLink by_mrn");
    }
    assertThat(body(0))
        .isEqualTo(
            "{\"kind\":\"by_mrn\",\"mrn\":\"LH-00143-26\",\"external_id\":\"emr_9\","
                + "\"placeholder_name\":\"A. "
                + Canary.FAMILY
                + "\",\"organization_id\":\"org_lagos_general_clinic\"}");
  }

  @Test
  void a_lost_answer_is_asked_for_again_with_the_same_bytes_and_key() {
    answers(
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        json(201, "{\"patient_id\": \"pat_1\", \"external_id\": \"emr_1\"}"));
    try (PierflowClient client = client()) {
      client.records().link(ORGANIZATION, PatientLink.ofPatient("pat_1", "emr_1"));
    }
    assertThat(requests()).hasSize(2);
    assertThat(body(1)).isEqualTo(body(0));
    assertThat(requests().get(1).getHeader("Idempotency-Key"))
        .isEqualTo(requests().get(0).getHeader("Idempotency-Key"));
  }

  @Test
  void another_patient_with_the_external_id_is_a_conflict() {
    answers(
        json(
            409,
            """
            {"error": "EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT", "detail": "taken by %s"}
            """
                .formatted(Canary.FAMILY)));
    try (PierflowClient client = client()) {
      ConflictException refused =
          catchThrowableOfType(
              ConflictException.class,
              () -> client.records().link(ORGANIZATION, PatientLink.ofPatient("pat_1", "emr_1")));

      assertThat(refused.errorCode().map(LinkRefusal::of))
          .contains(LinkRefusal.EXTERNAL_ID_TAKEN_BY_ANOTHER_PATIENT);
      Canary.assertAbsent(refused);
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void each_of_many_links_has_a_result_of_its_own() {
    answers(
        json(
            200,
            """
            {"ok_count": 2, "failed_count": 2, "results": [
              {"ok": true, "patient_id": "pat_0", "external_id": "emr_0", "link_id": "lnk_0", "created_placeholder": false},
              {"ok": true, "patient_id": "cm9", "external_id": "emr_1", "created_placeholder": true},
              {"ok": false, "external_id": "emr_2", "reason": "PATIENT_NOT_FOUND", "detail": "no such patient"},
              {"ok": false, "patient_id": null, "external_id": "emr_3", "reason": "MERGED_ELSEWHERE", "since": 2027}
            ]}
            """));
    try (PierflowClient client = client()) {
      List<LinkResult> results =
          client
              .records()
              .linkAll(
                  ORGANIZATION,
                  List.of(
                      PatientLink.ofPatient("pat_0", "emr_0"),
                      PatientLink.ofMrn("LGC-1", "emr_1"),
                      PatientLink.ofPatient("pat_2", " emr_2 "),
                      PatientLink.ofPatient("pat_3", "emr_3")));

      assertThat(results).extracting(LinkResult::isOk).containsExactly(true, true, false, false);
      assertThat(results.get(0).patientId()).contains("pat_0");
      assertThat(results.get(0).linkId()).contains("lnk_0");
      assertThat(results.get(0).isPlaceholder()).isFalse();
      assertThat(results.get(0).refusal()).isEmpty();
      assertThat(results.get(1).isPlaceholder()).isTrue();
      assertThat(results.get(2).patientId()).isEmpty();
      assertThat(results.get(2).externalId()).contains("emr_2");
      assertThat(results.get(2).refusal()).contains(LinkRefusal.PATIENT_NOT_FOUND);
      assertThat(results.get(2)).hasToString("LinkResult refused");
      assertThat(results.get(3).patientId()).isEmpty();
      assertThat(results.get(3).refusal()).contains(LinkRefusal.of("MERGED_ELSEWHERE"));
      assertThat(results.get(3).refusal().orElseThrow().isKnown()).isFalse();
      assertThat(results.get(3).raw()).contains("\"since\":2027");
    }
    server.verify(1, postRequestedFor(urlEqualTo(LINKS + "/bulk")));
    assertThat(body(0))
        .startsWith(
            "{\"organization_id\":\"org_lagos_general_clinic\",\"items\":["
                + "{\"kind\":\"by_patient_id\",\"patient_id\":\"pat_0\",\"external_id\":\"emr_0\"},"
                + "{\"kind\":\"by_mrn\",\"mrn\":\"LGC-1\",\"external_id\":\"emr_1\"},");
  }

  @Test
  void five_hundred_links_are_one_request() {
    answers(linked(0, 500));
    try (PierflowClient client = client()) {
      assertThat(client.records().linkAll(ORGANIZATION, links(0, 500))).hasSize(500);
    }
    assertThat(requests()).hasSize(1);
  }

  @Test
  void the_501st_link_goes_in_a_second_request() {
    answers(linked(0, 500), linked(500, 501));
    try (PierflowClient client = client()) {
      List<LinkResult> results = client.records().linkAll(ORGANIZATION, links(0, 501));

      assertThat(results).hasSize(501).allMatch(LinkResult::isOk);
      assertThat(results.get(500).externalId()).contains("emr_500");
    }
    assertThat(requests()).hasSize(2);
    assertThat(body(1))
        .isEqualTo(
            "{\"organization_id\":\"org_lagos_general_clinic\",\"items\":["
                + "{\"kind\":\"by_patient_id\",\"patient_id\":\"pat_500\","
                + "\"external_id\":\"emr_500\"}]}");
  }

  @Test
  void links_of_another_external_system_go_in_a_request_of_their_own() {
    answers(linked(0, 1), linked(1, 2));
    try (PierflowClient client = client()) {
      client
          .records()
          .linkAll(
              ORGANIZATION,
              List.of(
                  PatientLink.ofPatient("pat_0", "emr_0").externalSystem(SYSTEM),
                  PatientLink.ofPatient("pat_1", "emr_1").externalSystem("urn:oid:1.2.3")));
    }
    assertThat(body(0)).contains("\"external_system\":\"https://emr.example.com/patients/\"");
    assertThat(body(1)).contains("\"external_system\":\"urn:oid:1.2.3\"");
  }

  @Test
  void what_an_acknowledgement_has_no_room_for_is_told_by_the_ids_that_were_sent() {
    answers(
        json(
            200,
            """
            {"results": [{"ok": true, "external_id": "emr_0"},
                         {"ok": false, "patient_id": "other", "reason": "DIFFERENT_PATIENT_ALREADY_LINKED"}]}
            """));
    HttpUrl root = HttpUrl.get(baseUrl());
    Transport transport =
        Transport.open(
            PierflowClientBuilder.NAME, TransportOptions.builder().build(), time, () -> 0.5);
    try (PierflowServer asked =
        new PierflowServer(transport, root, new SlidingWindowRateLimiter(List.of(), time))) {
      List<MappingResult> results =
          PatientLinks.bulk(
              asked,
              ORGANIZATION,
              Optional.of(SYSTEM),
              List.of(
                  new PatientIdMapping("pat_0", "emr_0"), new PatientIdMapping("pat_1", "emr_1")),
              transport.call(
                  "acknowledge",
                  CallOptions.defaults(),
                  Duration.ofMinutes(1),
                  new Cancellation()));

      assertThat(results).extracting(MappingResult::patientId).containsExactly("pat_0", "pat_1");
      assertThat(results).extracting(MappingResult::externalId).containsExactly("emr_0", "emr_1");
      assertThat(results).extracting(MappingResult::isOk).containsExactly(true, false);
      assertThat(results.get(1).reason()).contains(LinkRefusal.DIFFERENT_PATIENT_ALREADY_LINKED);
    }
    assertThat(body(0)).contains("\"external_system\":\"https://emr.example.com/patients/\"");
  }

  @Test
  void no_link_is_no_request() {
    try (PierflowClient client = client()) {
      assertThat(client.records().linkAll(ORGANIZATION, List.of())).isEmpty();
    }
    assertThat(requests()).isEmpty();
  }

  @Test
  void results_that_are_too_few_or_in_another_order_are_none_that_one_could_trust() {
    answers(linked(0, 1), linked(1, 3));
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.records().linkAll(ORGANIZATION, links(0, 2)))
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining("1 results came for 2 links");
      assertThatThrownBy(() -> client.records().linkAll(ORGANIZATION, links(0, 2)))
          .isInstanceOf(UnexpectedResponseException.class)
          .hasMessageContaining("the results came in another order than the links");
    }
  }

  @Test
  void every_limit_that_a_link_exceeds_is_told_before_anything_is_sent() {
    try (PierflowClient client = client()) {
      InvalidInputException refused =
          catchThrowableOfType(
              InvalidInputException.class,
              () ->
                  client
                      .records()
                      .linkAll(
                          ORGANIZATION,
                          List.of(
                              PatientLink.ofMrn("m".repeat(120), "e".repeat(200))
                                  .placeholderName("Ad")
                                  .externalSystem("https://a/" + "x".repeat(290)),
                              PatientLink.ofMrn("m".repeat(121), "e".repeat(201))
                                  .placeholderName("A")
                                  .externalSystem("https://a/" + "x".repeat(291)),
                              PatientLink.ofPatient(" ", "").externalSystem("emr"),
                              PatientLink.ofMrn("1", "2").placeholderName("n".repeat(201)))));

      assertThat(refused.violations())
          .containsExactly(
              new Violation("links[1].mrn", "must have at most 120 characters"),
              new Violation("links[1].externalId", "must have at most 200 characters"),
              new Violation("links[1].externalSystem", "must be a URL of at most 300 characters"),
              new Violation("links[1].placeholderName", "must have at least 2 characters"),
              new Violation("links[2].patientId", "must not be blank"),
              new Violation("links[2].externalId", "must not be blank"),
              new Violation("links[2].externalSystem", "must be a URL of at most 300 characters"),
              new Violation("links[3].placeholderName", "must have at most 200 characters"));
    }
    assertThat(requests()).isEmpty();
  }

  @Test
  void a_link_is_looked_up_by_external_id() {
    answers(
        json(
            200,
            """
            {"link_id": "lnk_1", "patient_id": "pat_1", "organization_id": "org_1", "external_id": "emr 1/&",
             "external_system": "https://emr.example.com/", "source": "AUTO_FUZZY", "confidence": 0.93,
             "linked_at": "2026-06-01T10:00:00.000Z"}
            """));
    try (PierflowClient client = client()) {
      LinkedPatient link = client.records().findLink("emr 1/&").orElseThrow();

      assertThat(link.linkId()).contains("lnk_1");
      assertThat(link.patientId()).isEqualTo("pat_1");
      assertThat(link.organizationId()).contains("org_1");
      assertThat(link.externalId()).isEqualTo("emr 1/&");
      assertThat(link.externalSystem()).contains("https://emr.example.com/");
      assertThat(link.source()).contains(LinkSource.AUTO_FUZZY);
      assertThat(link.confidence()).hasValue(0.93);
      assertThat(link.linkedAt()).contains(Instant.parse("2026-06-01T10:00:00Z"));
      assertThat(link.raw()).contains("\"confidence\":0.93");
      assertThat(link.toString()).doesNotContain("emr");
    }
    server.verify(1, getRequestedFor(urlEqualTo(LINKS + "?external_id=emr%201%2F%26")));
  }

  @Test
  void a_link_is_looked_up_by_patient_and_may_say_less() {
    answers(
        json(
            200,
            """
            {"patient_id": "pat_1", "external_id": "emr_1", "external_system": null, "source": "TELEPATHY",
             "confidence": null, "linked_at": "yesterday"}
            """));
    try (PierflowClient client = client()) {
      LinkedPatient link = client.records().findLinkOfPatient("pat_1").orElseThrow();

      assertThat(link.linkId()).isEmpty();
      assertThat(link.externalSystem()).isEmpty();
      assertThat(link.source()).contains(LinkSource.of("TELEPATHY"));
      assertThat(link.confidence()).isEmpty();
      assertThat(link.linkedAt()).isEmpty();
    }
    server.verify(1, getRequestedFor(urlEqualTo(LINKS + "?patient_id=pat_1")));
  }

  @Test
  void no_link_is_empty_and_a_server_without_links_is_an_error() {
    answers(
        json(404, "{\"error\": \"LINK_NOT_FOUND\"}"),
        aResponse().withStatus(404).withHeader("Content-Type", "text/html").withBody("<html>"));
    try (PierflowClient client = client()) {
      assertThat(client.records().findLink("emr_1")).isEmpty();
      assertThatThrownBy(() -> client.records().findLink("emr_1"))
          .isInstanceOf(NotFoundException.class);
    }
  }

  @Test
  void a_blank_id_is_looked_up_nowhere() {
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.records().findLinkOfPatient(" "))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("Pierflow findLinkOfPatient failed: patientId: must not be blank");
      assertThatThrownBy(() -> client.records().findLink(""))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("Pierflow findLink failed: externalId: must not be blank");
    }
    assertThat(requests()).isEmpty();
  }
}
