package health.ferry.pierflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.ApiException;
import health.ferry.core.ConfigurationException;
import health.ferry.core.IntegrityException;
import health.ferry.core.ServerException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.UnsafeArchiveException;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowAcknowledgement;
import health.ferry.testkit.PierflowAnswer;
import health.ferry.testkit.PierflowArchive;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.RecordedRequest;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an import cannot have: packages that are broken, and a server that refuses or is silent. */
class ImportRefusalsTest extends ImportTest {

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
  void a_package_that_is_larger_than_its_limit_is_not_even_kept() {
    ImportReport report =
        run(
            patient -> PatientOutcome.imported(),
            options -> options.limits(PackageLimits.defaults().archiveBytes(1_000)));

    assertThat(report.packages().get(0).failure().orElseThrow())
        .isInstanceOf(UnsafeArchiveException.class)
        .hasMessageContaining("Pierflow download failed: the package is larger than the limit");
    assertThat(handed).isEmpty();
    assertThat(files()).doesNotContain(onlyPackage() + ".zip");
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
    partner.script(PierflowOperation.DOWNLOAD, PierflowAnswer.error(401, "UNAUTHENTICATED"));

    ImportReport report = run();

    assertThat(((ApiException) report.stopped().orElseThrow()).status()).isEqualTo(401);
    assertThat(report.packages()).hasSize(1);
    assertThat(handed).isEmpty();
  }

  @Test
  void a_package_that_is_somebody_elses_does_not_stop_the_others() {
    String later = partner.serve(PackageContent.of(List.of("pat_c")).bytes());
    partner.script(PierflowOperation.DOWNLOAD, PierflowAnswer.error(403, "FORBIDDEN"));

    ImportReport report = run();

    assertThat(report.stopped()).isEmpty();
    assertThat(report.packages())
        .filteredOn(PackageReport::isAcknowledged)
        .extracting(PackageReport::id)
        .containsExactly(later);
    assertThat(handed).containsExactly("pat_c");
  }

  @Test
  void somebody_elses_page_does_not_settle_a_package_and_the_same_body_goes_again() {
    partner.script(PierflowOperation.ACKNOWLEDGE, ControlAnswer.html(200));

    assertThat(run().packages().get(0).failure().orElseThrow())
        .isInstanceOf(UnexpectedResponseException.class);
    run().orThrow();

    List<String> sent =
        partner.requests().stream()
            .filter(request -> request.method().equals("POST"))
            .map(request -> request.header("Idempotency-Key").orElseThrow() + request.bodyText())
            .toList();
    assertThat(sent).hasSize(2);
    assertThat(sent.get(0)).isEqualTo(sent.get(1));
  }

  @Test
  void an_id_that_one_of_the_imports_own_files_could_have_refuses_that_package_alone() {
    List<String> ids = List.of("x.zip", "x.Journal", "x.zip.part", ".ferry", "x.json", "x.tmp");
    ids.forEach(id -> partner.serve(PierflowArchive.of(archive("pat_" + ids.indexOf(id))).id(id)));
    partner.serve(PierflowArchive.of(archive("pat_x")).id("x"));

    ImportReport report = run();

    assertThat(report.stopped()).isEmpty();
    assertThat(report.packages())
        .filteredOn(one -> !one.isAcknowledged())
        .extracting(PackageReport::id)
        .containsExactlyElementsOf(ids);
    assertThat(handed).endsWith("pat_x").hasSize(7);
  }

  private static byte[] archive(String patient) {
    return PackageContent.of(List.of(patient)).bytes();
  }

  @Test
  void counts_and_an_organization_that_do_not_fit_are_told_and_the_patients_imported() {
    String manifest =
        "{\"organization_id\":\"org_other\",\"patient_count\":5,\"patients\":"
            + "[{\"patient_id\":\"pat_a\",\"file\":\"patients/pat_a.json\"}]}";
    String id = partner.serve(PackageContent.of(List.of("pat_a")).manifest(manifest).bytes());

    assertThat(run().orThrow().warnings())
        .containsExactly(
            "Package "
                + id
                + " has another number of patients than the 1 that its manifest names: ask Pierflow"
                + " for the others",
            "Package " + id + " says that it is another organization's");
    assertThat(handed).contains("pat_a");
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
    partner.script(PierflowOperation.ACKNOWLEDGE, ControlAnswer.json(200, "<"));

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

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"resourceType\":\"Bundle\",", "no JSON", "{\"resourceType\":\"Patient\"}"})
  void a_broken_patients_file_leaves_the_packages_that_come_later_alone(String broken) {
    PackageContent content = PackageContent.of(List.of("pat_a", "pat_b"));
    String bad = partner.serve(content.file(PackageContent.file("pat_b"), broken).bytes());
    String later = partner.serve(PackageContent.of(List.of("pat_c")).bytes());

    ImportReport report = run();

    assertThat(report.stopped()).isEmpty();
    assertThat(report.packages())
        .filteredOn(PackageReport::isAcknowledged)
        .extracting(PackageReport::id)
        .containsExactly(onlyPackage(), later);
    assertThat(report.packages())
        .filteredOn(pkg -> pkg.failure().isPresent())
        .extracting(PackageReport::id)
        .containsExactly(bad);
    assertThat(handed).endsWith("pat_c").doesNotContain("pat_a", "pat_b");
  }

  @Test
  void a_file_that_the_manifest_lacks_is_reported_and_given_to_nobody() {
    String id =
        partner.serve(
            PackageContent.of(List.of("pat_a"))
                .file(PackageContent.file("pat_extra"), PackageContent.bundle("pat_extra"))
                .bytes());

    assertThat(run().orThrow().warnings())
        .contains("Package %s holds 1 file that its manifest lacks; not handed out".formatted(id));
    assertThat(handed).contains("pat_a").doesNotContain("pat_extra");
  }
}
