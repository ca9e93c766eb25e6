package health.ferry.testkit;

import static health.ferry.testkit.HamiCalls.PATIENT;
import static health.ferry.testkit.HamiCalls.PATIENT_URL;
import static health.ferry.testkit.HamiCalls.PULSE;
import static health.ferry.testkit.HamiCalls.PULSE_URL;
import static health.ferry.testkit.HamiCalls.bundle;
import static health.ferry.testkit.HamiCalls.entry;
import static health.ferry.testkit.HamiCalls.patientWith;
import static health.ferry.testkit.HamiCalls.visit;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What HAMI takes, and what it makes of what it knows. */
class HamiIngestionTest {

  private final PartnerSandbox sandbox = PartnerSandbox.start();
  private final HamiPartner partner = sandbox.hami();
  private final HamiCalls calls = new HamiCalls(partner);

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void stores_a_bundle_and_answers_with_an_id_like_the_reference_pages() throws Exception {
    String id = calls.accepted(visit());
    assertThat(id).matches("[1-9A-HJ-NP-Za-km-z]{22}");
    assertThat(partner.stored()).containsOnlyKeys(PATIENT_URL, PULSE_URL);
    assertThat(Http.json(partner.stored(PULSE_URL).orElseThrow())).isEqualTo(Http.json(PULSE));
    assertThat(partner.transactions())
        .singleElement()
        .satisfies(
            transaction -> {
              assertThat(transaction.id()).isEqualTo(id);
              assertThat(transaction.json()).isEqualTo(visit());
              assertThat(transaction.fullUrls()).containsExactly(PATIENT_URL, PULSE_URL);
              assertThat(transaction.isDuplicate()).isFalse();
              Canary.assertAbsent(transaction);
            });
  }

  @Test
  void stores_identical_data_once() throws Exception {
    String first = calls.accepted(visit());
    String second = calls.accepted(visit());
    assertThat(second).isNotEqualTo(first);
    assertThat(partner.stored()).hasSize(2);
    assertThat(partner.transactions())
        .extracting(HamiTransaction::isDuplicate)
        .containsExactly(false, true);
  }

  @Test
  void answers_a_duplicate_with_the_id_of_the_first_when_asked() throws Exception {
    partner.options(HamiOptions.defaults().sameIdForDuplicates(true));
    String first = calls.accepted(visit());
    assertThat(calls.accepted(visit())).isEqualTo(first);
    assertThat(calls.accepted(bundle(entry(PATIENT_URL, PATIENT)))).isNotEqualTo(first);
  }

  @Test
  void updates_keeps_or_refuses_other_data_under_a_known_full_url() throws Exception {
    calls.accepted(bundle(entry(PATIENT_URL, PATIENT)));
    String female = patientWith("gender", "female");
    partner.options(HamiOptions.defaults().changedContent(ChangedContent.CONFLICT));
    assertThat(calls.submit(bundle(entry(PATIENT_URL, female))).statusCode()).isEqualTo(409);
    partner.options(HamiOptions.defaults().changedContent(ChangedContent.KEEP));
    calls.accepted(bundle(entry(PATIENT_URL, female)));
    assertThat(partner.stored(PATIENT_URL).orElseThrow()).contains("\"male\"");
    partner.options(HamiOptions.defaults());
    calls.accepted(bundle(entry(PATIENT_URL, female)));
    assertThat(partner.stored(PATIENT_URL).orElseThrow()).contains("\"female\"");
    assertThat(partner.stored()).hasSize(1);
  }

  @Test
  void stores_a_refused_bundle_in_no_part() throws Exception {
    calls.accepted(bundle(entry(PATIENT_URL, PATIENT)));
    partner.options(HamiOptions.defaults().changedContent(ChangedContent.CONFLICT));
    String mixed =
        bundle(entry(PULSE_URL, PULSE), entry(PATIENT_URL, patientWith("birthDate", "2004-05-24")));
    assertThat(calls.submit(mixed).statusCode()).isEqualTo(409);
    assertThat(partner.stored()).containsOnlyKeys(PATIENT_URL);
    assertThat(partner.transactions()).hasSize(1);
  }

  @Test
  void takes_a_hundred_entries() throws Exception {
    calls.accepted(bundle(IntStream.range(0, 100).mapToObj(i -> entry(HamiCalls.url(i), PATIENT))));
    assertThat(partner.stored()).hasSize(100);
  }

  @Test
  void takes_a_group_whose_name_must_be_encoded() throws Exception {
    partner.options(HamiOptions.defaults().groupId("north clinic"));
    assertThat(
            Http.post(
                    calls.url("north%20clinic"),
                    visit(),
                    "X-API-KEY",
                    partner.apiKey(),
                    "Content-Type",
                    "application/json; charset=utf-8")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void takes_dates_that_name_no_time_and_r4s_other_references() throws Exception {
    String condition =
        """
        {"resourceType":"Condition","subject":{"reference":"Patient/patient-123"},\
        "asserter":{"reference":"Practitioner?identifier=urn:oid:2.999|1"},\
        "recordedDate":"2016-12-31T23:59:60Z","onsetDateTime":"2024-05"}""";
    calls.accepted(bundle(entry(PULSE_URL, condition)));
    assertThat(partner.stored()).containsOnlyKeys(PULSE_URL);
  }

  @Test
  void lets_a_test_judge_a_bundle() throws Exception {
    HamiIssue issue =
        new HamiIssue("Patient", "birthDate", "must be a valid date", "Invalid date format");
    partner.options(
        HamiOptions.defaults()
            .verdict(
                bundle ->
                    bundle.contains("2004-05-23")
                        ? Optional.of(HamiAnswer.unprocessable(issue))
                        : Optional.empty()));
    assertThat(calls.submit(visit()).statusCode()).isEqualTo(422);
    calls.accepted(bundle(entry(PATIENT_URL, patientWith("birthDate", "2004-05-24"))));
    assertThat(partner.transactions()).hasSize(1);
  }
}
