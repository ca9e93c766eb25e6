package health.ferry.pierflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.ApiException;
import health.ferry.core.CancelledException;
import health.ferry.core.ConfigurationException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.core.ServerException;
import health.ferry.testkit.Canary;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowAcknowledgement;
import health.ferry.testkit.PierflowAnswer;
import health.ferry.testkit.PierflowArchive;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.PierflowPackage;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole imports: who is handed out, what is acknowledged, and what a handler may do. */
class ImportAllTest extends ImportTest {

  private static String bodyOf(List<PierflowAcknowledgement> acknowledgements) {
    assertThat(acknowledgements).hasSize(1);
    return acknowledgements.get(0).json();
  }

  /** As a caller may whose build does not check for null. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void hands_out_every_patient_in_order_and_acknowledges_the_package() {
    ImportReport report = run().orThrow();

    assertThat(handed).containsExactlyElementsOf(patients());
    assertThat(report)
        .hasToString("ImportReport: 1 of 1 packages acknowledged, 6 imported, 0 failed, 0 pending");
    assertThat(report.packages().get(0))
        .hasToString(
            "PackageReport of %s: 6 imported, 0 failed, 0 pending, acknowledged"
                .formatted(onlyPackage()));
    assertThat(report.isComplete()).isTrue();
    assertThat(report.warnings()).isEmpty();
    assertThat(partner.packages().get(0).status()).isEqualTo("ACKNOWLEDGED");
    assertThat(bodyOf(partner.acknowledgements()))
        .matches(
            "\\{\"imported_patient_count\":6,\"failed_patient_ids\":\\[],\"imported_at\":\"[0-9T:.-]+Z\"}");
    assertThat(files()).containsExactly(onlyPackage() + ".journal");
    assertThat(Canary.findIn(String.join("\n", journal(onlyPackage())))).isEmpty();
    Canary.assertAbsent(report);
  }

  @Test
  void a_handler_sees_the_bundle_as_it_was_packed_and_the_package() {
    List<String> bundles = new ArrayList<>();
    run(patient -> {
          assertThat(patient.packageId()).contains(onlyPackage());
          assertThat(patient.bundle().getEntry()).isNotEmpty();
          bundles.add(patient.json());
          return PatientOutcome.imported();
        })
        .orThrow();

    PierflowPackage packed = partner.packages().get(0);
    assertThat(bundles)
        .containsExactlyElementsOf(packed.patientIds().stream().map(packed::bundle).toList());
  }

  @Test
  void each_outcome_is_on_disk_before_the_next_patient_and_all_before_the_acknowledgement() {
    run(patient -> {
          int before = handed.size() - 1;
          List<String> lines = journal(onlyPackage());
          assertThat(lines).hasSize(1 + 2 * before + 1);
          assertThat(lines.get(lines.size() - 1))
              .isEqualTo("{\"handing\":\"" + patient.patientId() + "\"}");
          if (before > 0) {
            assertThat(lines.get(lines.size() - 2))
                .isEqualTo("{\"outcome\":\"" + patients().get(before - 1) + "\"}");
          }
          assertThat(partner.acknowledgements()).isEmpty();
          return PatientOutcome.imported();
        })
        .orThrow();

    List<String> lines = journal(onlyPackage());
    assertThat(lines).hasSize(1 + 2 * PATIENTS + 2);
    assertThat(lines.get(lines.size() - 2)).startsWith("{\"acknowledging\":\"");
    assertThat(lines.get(lines.size() - 1)).isEqualTo("{\"acknowledged\":[]}");
  }

  @Test
  void failures_and_external_ids_reach_the_acknowledgement_and_failures_the_next_package() {
    List<String> ids = patients();
    ImportReport report =
        run(
                patient ->
                    patient.patientId().equals(ids.get(1))
                        ? PatientOutcome.failed(FailureReason.DUPLICATE_HOSPITAL_NUMBER)
                        : patient.patientId().equals(ids.get(2))
                            ? PatientOutcome.imported("emr-2")
                            : PatientOutcome.imported(),
                options ->
                    options
                        .externalSystem("https://emr.example.com/patients/")
                        .reference(id -> "import of " + id))
            .orThrow();

    assertThat(report.imported()).isEqualTo(5);
    assertThat(report.failed()).isEqualTo(1);
    assertThat(bodyOf(partner.acknowledgements()))
        .startsWith(
            "{\"imported_patient_count\":5,\"failed_patient_ids\":[\"%1$s\"],\"failure_reasons\":{\"%1$s\":\"DUPLICATE_HOSPITAL_NUMBER\"},\"imported_at\":\""
                .formatted(ids.get(1)))
        .endsWith(
            "\"partner_import_reference\":\"import of %s\",\"patient_id_mappings\":[{\"pierflow_patient_id\":\"%s\",\"external_id\":\"emr-2\",\"external_system\":\"https://emr.example.com/patients/\"}]}"
                .formatted(onlyPackage(), ids.get(2)));
    partner.buildNow();
    handed.clear();
    assertThat(run().orThrow().packages()).hasSize(2);
    assertThat(handed).containsExactly(ids.get(1));
  }

  @Test
  void a_mapping_that_the_server_refuses_is_told_and_changes_nothing_else() {
    partner.script(
        PierflowOperation.ACKNOWLEDGE,
        ControlAnswer.json(
            200,
            "{\"status\":\"acknowledged\",\"patient_id_mappings\":[{\"pierflow_patient_id\":\"p\",\"external_id\":\"e\",\"ok\":false,\"reason\":\"PATIENT_NOT_FOUND\"}]}"));

    PackageReport first =
        run(patient -> PatientOutcome.imported("emr")).orThrow().packages().get(0);
    PackageReport later = run().orThrow().packages().get(0);

    for (PackageReport report : List.of(first, later)) {
      assertThat(report.isAcknowledged()).isTrue();
      assertThat(report.unlinked())
          .singleElement()
          .satisfies(one -> assertThat(one.reason()).contains(LinkRefusal.PATIENT_NOT_FOUND));
    }
    assertThat(List.of(first.isEarlier(), later.isEarlier())).containsExactly(false, true);
  }

  @Test
  void a_second_run_does_nothing_twice() {
    run().orThrow();
    handed.clear();

    ImportReport second = run().orThrow();

    assertThat(handed).isEmpty();
    assertThat(partner.acknowledgements()).hasSize(1);
    assertThat(second.packages())
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.isEarlier()).isTrue();
              assertThat(report.isAcknowledged()).isTrue();
              assertThat(report.imported()).isEqualTo(6);
            });
  }

  @Test
  void a_handler_that_throws_fails_its_patient_and_the_others_go_on() {
    List<String> ids = patients();
    ImportReport report =
        run(
                patient -> {
                  if (patient.patientId().equals(ids.get(0))) {
                    throw new IOException(Canary.FAMILY + " is a name");
                  }
                  if (patient.patientId().equals(ids.get(3))) {
                    throw new IllegalStateException(Canary.FAMILY);
                  }
                  return PatientOutcome.imported();
                },
                options ->
                    options.onHandlerError(
                        thrown ->
                            FailureReason.of(
                                thrown instanceof IOException ? "EMR_UNREACHABLE" : "EMR_BUG")))
            .orThrow();

    assertThat(handed).containsExactlyElementsOf(ids);
    assertThat(report.failed()).isEqualTo(2);
    assertThat(bodyOf(partner.acknowledgements()))
        .contains(
            "\"failure_reasons\":{\"%s\":\"EMR_UNREACHABLE\",\"%s\":\"EMR_BUG\"}"
                .formatted(ids.get(0), ids.get(3)));
  }

  @Test
  void a_handler_that_throws_means_import_failed_unless_told_otherwise() {
    List<String> ids = patients();
    run(patient -> {
          throw new IOException("down");
        })
        .orThrow();

    assertThat(bodyOf(partner.acknowledgements()))
        .contains("\"imported_patient_count\":0,")
        .contains("\"" + ids.get(5) + "\":\"IMPORT_FAILED\"");
  }

  @Test
  void a_handler_may_stop_the_run_and_gets_that_patient_again() {
    List<String> ids = patients();
    ImportReport stopped =
        run(
            patient ->
                patient.patientId().equals(ids.get(2))
                    ? PatientOutcome.stop()
                    : PatientOutcome.imported());

    assertThat(stopped.isComplete()).isFalse();
    assertThat(stopped.stopped().orElseThrow())
        .isInstanceOf(CancelledException.class)
        .hasMessage("Pierflow importAll failed: the handler stopped it");
    assertThat(stopped.packages().get(0).pending()).isEqualTo(4);
    assertThatThrownBy(stopped::orThrow).isSameAs(stopped.stopped().orElseThrow());
    assertThat(partner.acknowledgements()).isEmpty();

    handed.clear();
    run().orThrow();
    assertThat(handed).containsExactly(ids.get(2) + " again", ids.get(3), ids.get(4), ids.get(5));
    assertThat(bodyOf(partner.acknowledgements())).contains("\"imported_patient_count\":6,");
  }

  @Test
  void an_outcome_that_cannot_be_used_ends_the_run_and_is_no_outcome() {
    for (PatientHandler handler :
        Stream.<PatientHandler>of(
                patient -> nothing(),
                patient -> PatientOutcome.imported(" "),
                patient -> PatientOutcome.imported("e".repeat(201)))
            .toList()) {
      ImportReport report = run(handler);

      assertThat(report.stopped().orElseThrow()).isInstanceOf(InvalidInputException.class);
      assertThat(report.pending()).isEqualTo(6);
    }
    assertThat(handed)
        .containsExactly(
            patients().get(0), patients().get(0) + " again", patients().get(0) + " again");
    assertThat(partner.acknowledgements()).isEmpty();
  }

  @Test
  void a_reason_that_nobody_gives_ends_the_run() {
    PatientHandler throwing =
        patient -> {
          throw new IOException("down");
        };
    assertThat(run(throwing, options -> options.onHandlerError(thrown -> nothing())).stopped())
        .map(Throwable::getMessage)
        .contains("Pierflow importAll failed: onHandlerError: must return a reason");
    assertThat(
            run(
                    throwing,
                    options ->
                        options.onHandlerError(
                            thrown -> {
                              throw new IllegalArgumentException();
                            }))
                .stopped())
        .map(Throwable::getMessage)
        .contains(
            "Pierflow importAll failed: onHandlerError: must not throw java.lang.IllegalArgumentException");
    assertThat(partner.acknowledgements()).isEmpty();
  }

  @Test
  void an_error_in_the_handler_ends_the_run_and_is_no_outcome() {
    List<String> ids = patients();
    AssertionError bug = new AssertionError("bug");
    assertThatThrownBy(
            () ->
                run(
                    patient -> {
                      if (patient.patientId().equals(ids.get(1))) {
                        throw bug;
                      }
                      return PatientOutcome.imported();
                    }))
        .isSameAs(bug);

    handed.clear();
    run().orThrow();
    assertThat(handed).startsWith(ids.get(1) + " again", ids.get(2)).hasSize(5);
  }

  @Test
  void an_interrupted_handler_has_failed_nobody() {
    List<String> ids = patients();
    ImportReport report =
        run(
            patient -> {
              if (patient.patientId().equals(ids.get(1))) {
                throw new InterruptedException();
              }
              return PatientOutcome.imported();
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.stopped().orElseThrow()).isInstanceOf(CancelledException.class);

    handed.clear();
    report =
        run(
            patient -> {
              Thread.currentThread().interrupt();
              throw new IOException("closed by the interrupt");
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.stopped().orElseThrow()).isInstanceOf(CancelledException.class);
    assertThat(handed).containsExactly(ids.get(1) + " again");
    assertThat(report.failed()).isZero();
    assertThat(partner.acknowledgements()).isEmpty();
  }

  @Test
  void cancelling_the_future_stops_after_the_patient_that_is_handled() throws Exception {
    CountDownLatch handling = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<ImportReport> reported = new CompletableFuture<>();
    CompletableFuture<ImportReport> future =
        client.importAllAsync(
            partner.organizationId(),
            directory,
            patient -> {
              handling.countDown();
              assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
              return PatientOutcome.imported();
            },
            options -> options.onReport(reported::complete));
    assertThat(handling.await(30, TimeUnit.SECONDS)).isTrue();
    future.cancel(true);
    cancelled.countDown();

    ImportReport report = reported.get(30, TimeUnit.SECONDS);
    assertThat(report.stopped().orElseThrow())
        .hasMessage("Pierflow importAll failed: the caller cancelled it");
    assertThat(report.imported()).isEqualTo(1);
    assertThat(partner.acknowledgements()).isEmpty();
    run().orThrow();
    assertThat(handed).hasSize(5);
  }

  @Test
  void without_acknowledging_a_run_is_complete_and_a_later_one_acknowledges_alone()
      throws IOException {
    ImportReport first =
        run(
            patient -> PatientOutcome.imported("emr-" + patient.patientId()),
            options -> options.acknowledge(false));

    assertThat(first.isComplete()).isTrue();
    assertThat(first.packages().get(0).isAcknowledged()).isFalse();
    assertThat(partner.acknowledgements()).isEmpty();
    assertThat(files()).containsExactly(onlyPackage() + ".journal", onlyPackage() + ".zip");

    // Everybody has an outcome: the archive is needed no more.
    Files.delete(directory.resolve(onlyPackage() + ".zip"));
    handed.clear();
    run().orThrow();

    assertThat(handed).isEmpty();
    assertThat(bodyOf(partner.acknowledgements()))
        .contains("\"external_id\":\"emr-" + patients().get(5) + "\"");
    assertThat(partner.requests().stream().filter(one -> one.target().contains("/download")))
        .hasSize(1);
  }

  @Test
  void an_archive_is_kept_when_asked() {
    run(patient -> PatientOutcome.imported(), ImportOptions::keepArchives).orThrow();
    assertThat(files()).containsExactly(onlyPackage() + ".journal", onlyPackage() + ".zip");

    run().orThrow();
    assertThat(files()).containsExactly(onlyPackage() + ".journal");
  }

  @Test
  void progress_is_told_after_each_patient_and_a_listener_that_throws_is_ignored() {
    List<String> told = new ArrayList<>();
    run(
            patient -> PatientOutcome.imported(),
            options ->
                options.onProgress(
                    progress -> {
                      told.add(progress.toString());
                      throw new IllegalStateException();
                    }))
        .orThrow();

    assertThat(told)
        .hasSize(6)
        .startsWith(
            "ImportProgress of %s: 1 imported, 0 failed of 6 patients".formatted(onlyPackage()));
  }

  @Test
  void a_bad_package_is_reported_and_the_good_one_beside_it_is_finished() {
    String bad = partner.serve(PierflowArchive.of(new byte[] {1, 2, 3}).counts(17, 20));

    ImportReport report = run();

    assertThat(report.stopped()).isEmpty();
    assertThat(report.packages()).extracting(PackageReport::id).containsExactly(onlyPackage(), bad);
    assertThat(report.packages())
        .extracting(PackageReport::isAcknowledged)
        .containsExactly(true, false);
    assertThat(report.packages().get(1).pending()).isEqualTo(17);
    assertThat(report.packages().get(1).failure().orElseThrow())
        .isInstanceOf(IntegrityException.class);
    assertThatThrownBy(report::orThrow).isInstanceOf(IntegrityException.class);
    assertThat(partner.acknowledgements()).hasSize(1);
    assertThat(handed).hasSize(6);
  }

  @Test
  void a_package_with_a_wrong_checksum_is_given_to_nobody() {
    partner.serve(PierflowArchive.of(new byte[] {1, 2, 3}).checksum("0".repeat(64)).id("pkg_bad"));

    ImportReport report = run();

    assertThat(report.packages().get(1).failure().orElseThrow())
        .isInstanceOf(IntegrityException.class);
    assertThat(files()).doesNotContain("pkg_bad.zip", "pkg_bad.journal");
  }

  @Test
  void an_id_that_cannot_be_a_files_name_is_refused_and_the_rest_goes_on() {
    partner.serve(PierflowArchive.of(new byte[] {1}).id("../pkg"));
    partner.serve(PierflowArchive.of(new byte[] {1}).id(onlyPackage().toUpperCase(Locale.ROOT)));

    ImportReport report = run();

    assertThat(report.stopped()).isEmpty();
    assertThat(report.packages()).hasSize(3);
    assertThat(report.packages().get(1).failure().orElseThrow())
        .hasMessageEndingWith(
            "packageId: must be 1 to 128 letters, digits, dots, dashes or underscores");
    assertThat(report.packages().get(2).failure().orElseThrow())
        .hasMessageEndingWith("packageId: must differ in more than case from another package's");
    assertThat(partner.acknowledgements()).hasSize(1);
  }

  @Test
  void a_refused_key_ends_the_run_at_once() {
    try (PierflowClient stranger = client("pf_test_sk_nobody")) {
      ImportReport report =
          stranger.importAll(
              partner.organizationId(), directory, patient -> PatientOutcome.imported());
      assertThat(report.stopped().orElseThrow())
          .hasMessageStartingWith("Pierflow listPackages failed: 401");
      assertThat(report.packages()).isEmpty();
    }
    ImportReport report =
        client.importAll("org_elsewhere", folder.resolve("x"), p -> PatientOutcome.imported());
    assertThat(report.stopped().orElseThrow())
        .hasMessageStartingWith("Pierflow listPackages failed: 403");
  }

  @Test
  void a_key_that_is_refused_in_the_middle_leaves_the_other_packages_alone() {
    partner.serve(new byte[] {1});
    partner.script(PierflowOperation.DOWNLOAD, PierflowAnswer.error(403, "FORBIDDEN"));

    ImportReport report = run();

    assertThat(((ApiException) report.stopped().orElseThrow()).status()).isEqualTo(403);
    assertThat(report.packages()).hasSize(1);
    assertThat(handed).isEmpty();
  }

  @Test
  void a_refused_acknowledgement_is_told_and_the_next_run_may_send_another_body() {
    partner.script(PierflowOperation.ACKNOWLEDGE, PierflowAnswer.error(422, "VALIDATION_ERROR"));

    ImportReport refused = run();
    assertThat(((ApiException) refused.packages().get(0).failure().orElseThrow()).status())
        .isEqualTo(422);
    assertThat(refused.stopped()).isEmpty();

    handed.clear();
    run(patient -> PatientOutcome.imported(), options -> options.reference(id -> "second"))
        .orThrow();
    assertThat(handed).isEmpty();
    assertThat(bodyOf(partner.acknowledgements()))
        .contains("\"partner_import_reference\":\"second\"");
  }

  @Test
  void after_a_lost_answer_the_same_bytes_go_again_though_the_package_is_listed_no_more() {
    partner.script(PierflowOperation.ACKNOWLEDGE, 3, ControlAnswer.lost());

    ImportReport lost = run();
    assertThat(lost.packages().get(0).failure()).isPresent();
    assertThat(lost.packages().get(0).isAcknowledged()).isFalse();
    assertThat(partner.packages().get(0).status()).isEqualTo("ACKNOWLEDGED");

    handed.clear();
    ImportReport later =
        run(patient -> PatientOutcome.imported(), options -> options.reference(id -> "other"));
    assertThat(later.orThrow().packages().get(0).isAcknowledged()).isTrue();
    assertThat(handed).isEmpty();
    assertThat(partner.acknowledgements())
        .hasSize(4)
        .extracting(PierflowAcknowledgement::json)
        .containsOnly(partner.acknowledgements().get(0).json());
    assertThat(
            partner.requests().stream()
                .filter(one -> one.target().endsWith("/acknowledge"))
                .map(one -> one.header("Idempotency-Key"))
                .distinct())
        .hasSize(1);
  }

  @Test
  void a_server_that_is_down_leaves_the_acknowledgement_to_the_next_run() {
    partner.script(PierflowOperation.ACKNOWLEDGE, 3, ControlAnswer.status(503));

    assertThat(run().packages().get(0).failure().orElseThrow()).isInstanceOf(ServerException.class);
    assertThat(partner.acknowledgements()).isEmpty();
    run().orThrow();
    assertThat(partner.acknowledgements()).hasSize(1);
    assertThat(handed).hasSize(6);
  }

  @Test
  void after_a_2xx_nothing_is_acknowledged_again_whatever_was_said() {
    partner.script(PierflowOperation.ACKNOWLEDGE, ControlAnswer.html(200));

    run().orThrow();
    assertThat(run().orThrow().warnings())
        .containsExactly(
            "Package %s was acknowledged, and the server still lists it as READY"
                .formatted(onlyPackage()));
    assertThat(partner.requests().stream().filter(one -> one.target().endsWith("/acknowledge")))
        .hasSize(1);
  }

  @Test
  void what_cannot_be_sent_is_refused_before_anybody_is_handed_out() {
    assertThatThrownBy(() -> run(p -> PatientOutcome.imported(), o -> o.externalSystem("emr")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("externalSystem: must be a URL of at most 300 characters");
    assertThat(
            run(p -> PatientOutcome.imported(), o -> o.reference(id -> "r".repeat(121))).stopped())
        .map(Throwable::getMessage)
        .contains("Pierflow importAll failed: reference: must have at most 120 characters");
    assertThat(handed).isEmpty();
  }

  @Test
  void a_refused_key_keeps_the_acknowledgement_that_was_begun() {
    partner.script(PierflowOperation.ACKNOWLEDGE, PierflowAnswer.error(401, "UNAUTHENTICATED"));

    ImportReport refused = run();
    assertThat(((ApiException) refused.stopped().orElseThrow()).status()).isEqualTo(401);
    run(patient -> PatientOutcome.imported(), options -> options.reference(id -> "other"))
        .orThrow();

    assertThat(partner.requests().stream().filter(one -> one.target().endsWith("/acknowledge")))
        .hasSize(2)
        .extracting(RecordedRequest::body)
        .allSatisfy(
            body -> assertThat(body).isEqualTo(bodyOf(partner.acknowledgements()).getBytes(UTF_8)));
  }

  @Test
  void a_patients_file_that_is_broken_at_its_end_refuses_the_package_before_anybody_sees_one() {
    PackageContent content = PackageContent.of(List.of("pat_a", "pat_b"));
    String cut = PackageContent.bundle("pat_b");
    partner.serve(
        content.file(PackageContent.file("pat_b"), cut.substring(0, cut.length() - 3)).bytes());

    ImportReport report = run();

    assertThat(handed).containsExactlyElementsOf(patients());
    assertThat(report.packages().get(1).failure().orElseThrow())
        .isInstanceOf(IntegrityException.class);
    assertThat(partner.acknowledgements()).hasSize(1);
  }

  @Test
  void a_file_that_the_manifest_lacks_is_reported_and_given_to_nobody() {
    String id =
        partner.serve(
            PackageContent.of(List.of("pat_a"))
                .file(PackageContent.file("pat_extra"), PackageContent.bundle("pat_extra"))
                .bytes());

    assertThat(run().orThrow().warnings())
        .containsExactly(
            "Package %s holds 1 files that its manifest lacks; nobody was given them"
                .formatted(id));
    assertThat(handed).contains("pat_a").doesNotContain("pat_extra");
  }

  @Test
  void a_package_that_expires_within_a_day_is_a_warning_until_it_is_acknowledged() {
    partner.options(partner.options().retention(Duration.ofHours(20)));
    String id = partner.buildPackage(List.of(PackageContent.bundle("pat_late")));

    assertThat(run(p -> PatientOutcome.imported(), o -> o.acknowledge(false)).warnings())
        .containsExactly(
            "Package %s expires within a day, and its records may not be rebuilt".formatted(id));
    assertThat(run().orThrow().warnings()).isEmpty();
  }

  @Test
  void the_deadline_ends_the_run_between_two_patients() {
    VirtualTime time = new VirtualTime();
    try (PierflowClient patient =
        PierflowClient.builder(partner.baseUrl(), Secret.of(partner.apiKey()))
            .time(time, () -> 0.5)
            .build()) {
      ImportReport report =
          patient.importAll(
              partner.organizationId(),
              directory,
              one -> {
                time.pass(Duration.ofMinutes(20));
                return PatientOutcome.imported();
              },
              options -> options.deadline(Duration.ofHours(1)));

      assertThat(report.imported()).isEqualTo(3);
      assertThat(report.stopped().orElseThrow())
          .isInstanceOf(DeadlineExceededException.class)
          .hasMessage("Pierflow importAll failed: the deadline of the call passed");
    }
    run().orThrow();
    assertThat(handed).containsExactlyElementsOf(patients().subList(3, 6));
  }

  @Test
  void patients_that_are_read_ahead_come_in_order_all_the_same() {
    run(patient -> PatientOutcome.imported(), options -> options.parallel(3)).orThrow();
    assertThat(handed).containsExactlyElementsOf(patients());
  }
}
