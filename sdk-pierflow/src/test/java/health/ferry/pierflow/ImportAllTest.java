package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.DeadlineExceededException;
import health.ferry.core.Secret;
import health.ferry.testkit.Canary;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.PierflowPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whole imports: who is handed out, what is acknowledged, and what is left on disk. */
class ImportAllTest extends ImportTest {

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
  void downloads_are_told_by_the_names_of_their_files() {
    List<String> told = new ArrayList<>();
    run(
            patient -> PatientOutcome.imported(),
            options ->
                options.onDownload(step -> told.add(step.kind() + " " + step.file().orElseThrow())))
        .orThrow();

    String zip = onlyPackage() + ".zip";
    assertThat(told).containsExactly("FILE_STARTED " + zip, "FILE_DONE " + zip);
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
