package health.ferry.hami;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.CancelledException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.FerryException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.ValidationException;
import health.ferry.core.Violation;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many bundles, and what becomes of those that do not go through. */
class SubmitAllTest extends HamiServerTest {

  private static ResponseDefinitionBuilder accepted(String id) {
    return json(200, "{\"transactionId\":\"" + id + "\"}");
  }

  private static ResponseDefinitionBuilder refused(int status) {
    return json(
        status,
        """
        {"error":"Unprocessable Entity","message":"%s","details":
          {"resourceType":"Patient","field":"birthDate","issue":"of %s"}}
        """
            .formatted(Canary.FAMILY, Canary.FAMILY));
  }

  private IngestionReport submit(int bundles) {
    return submit(bundles, options -> options);
  }

  private IngestionReport submit(int bundles, UnaryOperator<IngestionOptions> options) {
    try (HamiClient client = client()) {
      IngestionReport report = client.submitAll(MadeUpResources.ofPatients(bundles), options);
      Canary.assertAbsent(report);
      report.rejections().forEach(Canary::assertAbsent);
      report.stopped().ifPresent(Canary::assertAbsent);
      return report;
    }
  }

  @Test
  void all_accepted_is_complete() {
    answers(accepted("a"), accepted("b"), accepted("c"));
    IngestionReport report = submit(3);

    assertThat(report)
        .hasToString("IngestionReport: 3 accepted, 0 rejected, 0 pending, 6 resources");
    assertThat(report.transactionIds()).containsExactly("a", "b", "c");
    assertThat(report.isComplete()).isTrue();
    assertThat(report.orThrow()).isSameAs(report);
    assertThat(report.stopped()).isEmpty();
    assertThat(report.abandoned()).isZero();
    assertThat(requests()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 413, 422})
  void a_refused_bundle_is_reported_and_the_others_go_on(int status) {
    answers(accepted("a"), refused(status), accepted("c"));
    IngestionReport report = submit(3);

    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.rejected()).isEqualTo(1);
    assertThat(report.pending()).isZero();
    assertThat(report.resources()).isEqualTo(4);
    assertThat(report.transactionIds()).containsExactly("a", "c");
    BundleRejection rejection = report.rejections().get(0);
    assertThat(rejection.bundle()).isEqualTo(2);
    assertThat(rejection.status()).isEqualTo(status);
    assertThat(rejection.hash()).matches("[0-9a-f]{64}");
    RejectionFinding finding = rejection.findings().get(0);
    assertThat(rejection.findings()).hasSize(1);
    assertThat(finding.path()).isEqualTo("Patient.birthDate");
    assertThat(finding.rule()).isEqualTo("of " + Canary.FAMILY);
    assertThat(finding)
        .hasToString("RejectionFinding at Patient.birthDate, from resources[2]: Patient/p2");
    assertThat(report.isComplete()).isFalse();
    assertThat(report.stopped()).isEmpty();
    assertThatThrownBy(report::orThrow)
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("HAMI submitAll failed: " + status);
  }

  @Test
  void a_refusal_without_details_has_its_message() {
    answers(json(400, "{\"message\":\"no\"}"), json(400, ""));
    IngestionReport report = submit(2);

    assertThat(report.rejections()).allSatisfy(one -> assertThat(one.findings()).isEmpty());
    assertThat(report.rejections().get(0).message()).contains("no");
    assertThat(report.rejections().get(1).message()).isEmpty();
    assertThatThrownBy(report::orThrow).isInstanceOf(ValidationException.class);
  }

  @Test
  void what_only_claims_to_be_a_place_is_not_told_as_one() {
    answers(
        json(
            422,
            "{\"details\":{\"resourceType\":\"Patient\",\"field\":\"name\\nof Ali\",\"issue\":\"i\"}}"));

    RejectionFinding finding = submit(1).rejections().get(0).findings().get(0);
    assertThat(finding.path()).isEqualTo("Bundle.entry[0]");
    assertThat(finding.input()).contains("resources[0]: Patient/p1");
    assertThat(finding.rule()).isEqualTo("i");
  }

  private static ResponseDefinitionBuilder refusedAt(String type, String field) {
    return json(
        422,
        "{\"details\":{\"resourceType\":\"%s\",\"field\":\"%s\",\"issue\":\"i\"}}"
            .formatted(type, field));
  }

  @Test
  void a_rejection_names_what_stands_in_the_bundle_and_whence_it_came() {
    answers(accepted("a"), refusedAt("Bundle", "entry[1].resource.status"));
    BundleRejection rejection = submit(2).rejections().get(0);

    assertThat(rejection.fullUrls())
        .isEqualTo(
            TransactionBundles.of(MadeUpResources.ofPatient("p2")).iterator().next().fullUrls())
        .hasSize(2);
    assertThat(rejection.inputs())
        .containsExactly("resources[2]: Patient/p2", "resources[3]: Observation/o-p2");
    RejectionFinding finding = rejection.findings().get(0);
    assertThat(finding.entry()).hasValue(1);
    assertThat(finding.fullUrl()).contains(rejection.fullUrls().get(1));
    assertThat(finding.input()).contains("resources[3]: Observation/o-p2");
  }

  @ParameterizedTest
  @CsvSource({
    "Bundle, entry[1].resource.status, Bundle.entry[1].resource.status",
    "Observation, entry[1].resource.status, Bundle.entry[1].resource.status",
    "Observation, Bundle.entry[1].resource.status, Bundle.entry[1].resource.status",
    "Bundle, entry[1].resource/*Observation/x*/.status, Bundle.entry[1]",
    "Observation, status, Observation.status"
  })
  void however_hami_writes_the_place_the_input_is_found(String type, String field, String path) {
    answers(refusedAt(type, field));
    RejectionFinding finding = submit(1).rejections().get(0).findings().get(0);

    assertThat(finding.path()).isEqualTo(path);
    assertThat(finding.input()).contains("resources[1]: Observation/o-p1");
  }

  @ParameterizedTest
  @CsvSource({"Bundle, entry[2].resource.status", "Bundle, type", "Condition, of Ali"})
  void a_place_that_leads_to_no_entry_names_no_input(String type, String field) {
    answers(refusedAt(type, field));
    RejectionFinding finding = submit(1).rejections().get(0).findings().get(0);

    assertThat(finding.entry()).isEmpty();
    assertThat(finding.fullUrl()).isEmpty();
    assertThat(finding.input()).isEmpty();
  }

  @Test
  void a_type_that_stands_in_the_bundle_twice_names_no_input() {
    answers(refusedAt("Observation", "status"));
    List<Resource> resources = new ArrayList<>(MadeUpResources.ofPatient("p1"));
    resources.add(resources.get(1).copy().setId("second"));
    try (HamiClient client = client()) {
      BundleRejection rejection = client.submitAll(resources).rejections().get(0);

      assertThat(rejection.findings().get(0).input()).isEmpty();
      assertThat(rejection.inputs()).hasSize(3).contains("resources[2]: Observation/second");
    }
  }

  @Test
  void a_rejection_of_what_came_from_files_names_file_and_line_or_entry(@TempDir Path folder)
      throws IOException {
    answers(refusedAt("Bundle", "entry[2].resource.code"));
    String patient = "{\"resourceType\":\"Patient\",\"id\":\"p\"}";
    Files.writeString(folder.resolve("labs.ndjson"), patient + "\n\n" + lab("\"id\":\"a\","));
    Files.writeString(
        folder.resolve("visits.json"),
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":%s}]}".formatted(lab("")));
    try (HamiClient client = client()) {
      BundleRejection rejection =
          client.submitAll(TransactionBundles.ofFiles(List.of(folder))).rejections().get(0);

      assertThat(rejection.inputs())
          .containsExactly(
              "labs.ndjson line 1: Patient/p",
              "labs.ndjson line 3: Observation/a",
              "visits.json Bundle.entry[0]: Observation");
      assertThat(rejection.findings().get(0).input())
          .contains("visits.json Bundle.entry[0]: Observation");
    }
  }

  private static String lab(String id) {
    return """
        {"resourceType":"Observation",%s"status":"final","code":{"text":"x"},\
        "subject":{"reference":"Patient/p"}}"""
        .formatted(id);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 415})
  void a_refusal_of_the_caller_stops_at_once(int status) {
    answers(accepted("a"), refused(status), accepted("c"));
    IngestionReport report = submit(3);

    assertThat(requests()).hasSize(2);
    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.rejected()).isZero();
    assertThat(report.pending()).isEqualTo(2);
    assertThat(report.stopped().orElseThrow()).hasMessageContaining("failed: " + status);
    assertThatThrownBy(report::orThrow).isSameAs(report.stopped().orElseThrow());
  }

  @Test
  void a_wrong_key_is_told_as_such() {
    answers(refused(401));
    assertThat(submit(2).stopped()).containsInstanceOf(AuthenticationException.class);
  }

  @Test
  void a_wish_to_wait_for_hours_ends_the_run_at_once() {
    answers(accepted("a"), json(429, "{\"statusCode\":429,\"retryAfter\":7200}"));
    IngestionReport report = submit(3);

    assertThat(requests()).hasSize(2);
    assertThat(report.pending()).isEqualTo(2);
    assertThat(report.stopped()).containsInstanceOf(RateLimitedException.class);
  }

  @Test
  void a_bundle_without_an_answer_stays_pending_and_the_others_go_on() {
    ResponseDefinitionBuilder down = json(503, "{}");
    answers(down, down, down, accepted("b"), accepted("c"));
    IngestionReport report = submit(3);

    assertThat(report.accepted()).isEqualTo(2);
    assertThat(report.pending()).isEqualTo(1);
    assertThat(report.stopped()).containsInstanceOf(ServerException.class);
    assertThat(report.isComplete()).isFalse();
    assertThat(requests()).hasSize(5);
  }

  @Test
  void three_in_a_row_without_an_answer_end_the_run() {
    answers(accepted("a"), json(500, "{}"));
    IngestionReport report = submit(9);

    assertThat(report.accepted()).isEqualTo(1);
    assertThat(report.pending()).isEqualTo(8);
    assertThat(requests()).hasSize(1 + 3 * 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{}", "[]", "{\"transactionId\":"})
  void an_answer_that_is_none_of_hamis_is_no_answer(String body) {
    answers(json(200, body), json(200, body), json(200, body), accepted("d"));
    IngestionReport report = submit(4);

    assertThat(requests()).hasSize(3);
    assertThat(report.pending()).isEqualTo(4);
  }

  @Test
  void an_answer_between_two_failures_begins_the_count_anew() {
    ResponseDefinitionBuilder html = aResponse().withHeader("Content-Type", "text/html");
    answers(html, html, refused(422), html, html, accepted("f"));
    IngestionReport report = submit(6);

    assertThat(requests()).hasSize(6);
    assertThat(report)
        .hasToString("IngestionReport: 1 accepted, 1 rejected, 4 pending, 2 resources");
  }

  @Test
  void errors_in_any_bundle_stop_everything_before_the_first_is_sent() {
    List<Resource> resources = MadeUpResources.ofPatients(3);
    ((Observation) resources.get(3)).setStatus(null);
    ((Observation) resources.get(5)).setStatus(null);
    try (HamiClient client = client()) {
      InvalidInputException refused =
          catchThrowableOfType(InvalidInputException.class, () -> client.submitAll(resources));

      assertThat(refused.violations())
          .extracting(Violation::path)
          .containsExactly(
              "bundle 2, from resources[3]: Observation.status",
              "bundle 3, from resources[5]: Observation.status");
      assertThat(refused.attempts()).isZero();
    }
    assertThat(requests()).isEmpty();
  }

  @Test
  void an_error_in_a_bundle_made_of_files_names_the_file_and_the_place_in_it(@TempDir Path folder)
      throws IOException {
    String patient = "{\"resourceType\":\"Patient\",\"id\":\"p\"}";
    String observation =
        """
        {"resourceType":"Observation","id":"%s","code":{"text":"x"},\
        "subject":{"reference":"Patient/p"}}""";
    Files.writeString(folder.resolve("labs.ndjson"), patient + "\n\n" + observation.formatted("a"));
    Files.writeString(
        folder.resolve("visits.json"),
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":%s},{\"resource\":%s}]}"
            .formatted(patient, observation.formatted("b")));
    try (HamiClient client = client()) {
      TransactionBundles bundles = TransactionBundles.ofFiles(List.of(folder));
      InvalidInputException refused =
          catchThrowableOfType(InvalidInputException.class, () -> client.submitAll(bundles));

      assertThat(refused.violations())
          .extracting(Violation::path)
          .containsExactly(
              "bundle 1, from labs.ndjson line 3: Observation.status",
              "bundle 1, from visits.json Bundle.entry[1]: Observation.status");
    }
    assertThat(requests()).isEmpty();
  }

  @Test
  void warnings_stop_nothing_and_are_reported() {
    answers(json(200, ACCEPTED));
    List<Resource> resources = MadeUpResources.ofPatients(2);
    ((Observation) resources.get(1)).addPerformer(new Reference("Practitioner/elsewhere"));
    try (HamiClient client = client()) {
      IngestionReport report = client.submitAll(resources);

      assertThat(report.isComplete()).isTrue();
      assertThat(report.warnings()).hasSize(1);
      assertThat(report.warnings().get(0).path())
          .isEqualTo("Bundle.entry[1].resource.performer[0].reference");
      assertThat(report.bundling().resources()).isEqualTo(4);
    }
  }

  @Test
  void an_input_that_changes_while_it_is_sent_stops_the_run_with_a_true_report() {
    answers(json(200, ACCEPTED));
    AtomicInteger passes = new AtomicInteger();
    // Bundling looks through the input before each of the two passes: check and send.
    Iterable<Resource> shrinking =
        () -> MadeUpResources.ofPatients(passes.incrementAndGet() <= 2 ? 3 : 2).iterator();
    try (HamiClient client = client()) {
      IngestionReport shrunk = client.submitAll(TransactionBundles.ofGrouped(shrinking));

      assertThat(shrunk.accepted()).isEqualTo(2);
      assertThat(shrunk.pending()).isEqualTo(1);
      assertThat(shrunk.stopped()).containsInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void resources_are_read_once_to_be_checked_and_sent() {
    answers(json(200, ACCEPTED));
    AtomicInteger passes = new AtomicInteger();
    Iterable<Resource> once =
        () -> {
          passes.incrementAndGet();
          return MadeUpResources.ofPatients(3).iterator();
        };
    TransactionBundles bundles = TransactionBundles.of(once);
    try (HamiClient client = client()) {
      assertThat(client.submitAll(bundles).accepted()).isEqualTo(3);
    }
    assertThat(passes).hasValue(1);
    assertThat(bundles.report().resources()).isEqualTo(6);
  }

  @Test
  void nothing_to_send_is_refused() {
    try (HamiClient client = client()) {
      assertThatThrownBy(() -> client.submitAll(List.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("input");
    }
  }

  @Test
  void the_deadline_ends_the_run_with_a_true_report() {
    answers(json(200, ACCEPTED));
    IngestionReport report = submit(15, options -> options.deadline(Duration.ofMillis(500)));

    // Ten in the first second, and the eleventh would be too late.
    assertThat(report.accepted()).isEqualTo(10);
    assertThat(report.pending()).isEqualTo(5);
    assertThat(report.stopped()).containsInstanceOf(DeadlineExceededException.class);
    assertThat(time.passed()).isZero();
  }

  @Test
  void an_interrupt_ends_the_run_with_a_true_report() {
    answers(json(200, ACCEPTED));
    try (HamiClient client = client()) {
      IngestionReport report =
          client.submitAll(
              MadeUpResources.ofPatients(5),
              options ->
                  options.onProgress(
                      progress -> {
                        if (progress.accepted() == 2) {
                          Thread.currentThread().interrupt();
                        }
                      }));

      assertThat(Thread.interrupted()).isTrue();
      assertThat(report.accepted()).isEqualTo(2);
      assertThat(report.pending()).isEqualTo(3);
      assertThat(report.stopped()).containsInstanceOf(CancelledException.class);
    }
    assertThat(requests()).hasSize(2);
  }

  @Test
  void progress_tells_numbers_rate_and_time_left() {
    answers(json(200, ACCEPTED), json(200, ACCEPTED), refused(422), json(200, ACCEPTED));
    List<IngestionProgress> told = new ArrayList<>();
    submit(31, options -> options.onProgress(told::add));

    assertThat(told).hasSize(31);
    assertThat(told.get(2)).asString().startsWith("2 accepted, 1 rejected, 28 pending, ");
    IngestionProgress last = told.get(30);
    assertThat(last.accepted()).isEqualTo(30);
    assertThat(last.rejected()).isEqualTo(1);
    assertThat(last.pending()).isZero();
    assertThat(last.timeLeft()).contains(Duration.ZERO);
  }

  @Test
  void the_time_left_follows_the_rate_and_hamis_minute() {
    IngestionProgress slow = IngestionProgress.of(20, 0, 40, 20, Duration.ofMinutes(2));
    assertThat(slow).hasToString("20 accepted, 0 rejected, 40 pending, 10 a minute");
    assertThat(slow.timeLeft()).contains(Duration.ofMinutes(4));
    // Ten a second for the first hundred, and a hundred a minute from then on.
    IngestionProgress burst = IngestionProgress.of(50, 0, 250, 50, Duration.ofSeconds(5));
    assertThat(burst.perMinute()).isEqualTo(600);
    assertThat(burst.timeLeft()).contains(Duration.ofSeconds(5 + 120));
    assertThat(IngestionProgress.of(0, 0, 9, 0, Duration.ofSeconds(5)).timeLeft()).isEmpty();
  }

  @Test
  void a_listener_that_throws_disturbs_nothing() {
    answers(json(200, ACCEPTED));
    IngestionReport report =
        submit(
            3,
            options ->
                options.onProgress(
                    progress -> {
                      throw new IllegalStateException(Canary.FAMILY);
                    }));
    assertThat(report.isComplete()).isTrue();
  }

  @Test
  void several_at_a_time_send_each_bundle_once() {
    answers(json(200, ACCEPTED).withFixedDelay(100));
    try (HamiClient client = builder().time(SystemTime.INSTANCE, () -> 0).build()) {
      IngestionReport report =
          client.submitAll(MadeUpResources.ofPatients(9), options -> options.parallel(3));

      assertThat(report)
          .hasToString("IngestionReport: 9 accepted, 0 rejected, 0 pending, 18 resources");
    }
    assertThat(bodies()).hasSize(9).doesNotHaveDuplicates();
  }

  @Test
  void one_refusal_of_the_caller_stops_all_who_send() {
    answers(refused(401).withFixedDelay(50));
    try (HamiClient client = builder().time(SystemTime.INSTANCE, () -> 0).build()) {
      IngestionReport report =
          client.submitAll(MadeUpResources.ofPatients(9), options -> options.parallel(3));

      assertThat(report.pending()).isEqualTo(9);
      assertThat(report.stopped()).containsInstanceOf(AuthenticationException.class);
    }
    assertThat(requests()).hasSizeBetween(1, 5);
  }

  @Test
  void what_a_gate_throws_ends_the_run() {
    SubmissionGate broken =
        () -> {
          throw new IllegalStateException("no gate");
        };
    try (HamiClient client = builder().gate(broken).build()) {
      assertThatThrownBy(() -> client.submitAll(MadeUpResources.ofPatients(2)))
          .isInstanceOf(IllegalStateException.class)
          .isNotInstanceOf(FerryException.class);
    }
  }
}
