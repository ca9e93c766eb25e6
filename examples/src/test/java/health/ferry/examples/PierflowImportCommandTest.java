package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import health.ferry.testkit.PierflowDownload;
import health.ferry.testkit.PierflowPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ferry pierflow-import} leaves on disk, tells Pierflow, and says. */
class PierflowImportCommandTest extends FreshPierflow {

  @ParameterizedTest
  @EnumSource
  void keeps_each_patients_bundle_byte_for_byte_and_acknowledges(PierflowDownload way)
      throws Exception {
    server.options(server.options().download(way));
    PierflowPackage served = firstPackage();

    FerryRun run = importAll().requireImport(0, "complete");

    assertThat(packages(run.json()))
        .containsExactly(List.of(served.id(), PATIENTS, PATIENTS, 0, true));
    assertThat(filesOf(served.id())).hasSize(PATIENTS).isEqualTo(bundlesOf(served));
    assertThat(acknowledged()).containsExactly(served.id());
    assertThat(run.err()).contains("4 of 4 patients of " + served.id());
  }

  @Test
  void leaves_no_archive_and_no_draft_behind() throws Exception {
    importAll().requireImport(0, "complete");

    String id = firstPackage().id();
    assertThat(out().resolve(id + ".journal")).isRegularFile();
    try (Stream<Path> files = Files.walk(out())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.endsWith(".zip") || name.endsWith(".part"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v1", "/v1/"})
  void takes_the_base_url_with_and_without_v1_and_a_slash(String ending) throws Exception {
    String[] args = argsOf(server.baseUrl() + ending, server.organizationId());

    FerryRun.here(args).requireImport(0, "complete");

    assertThat(acknowledged()).hasSize(1);
  }

  @Test
  void a_failed_patient_has_no_file_and_comes_again_in_the_next_package() throws Exception {
    String first = firstPackage().id();
    List<String> patients = firstPackage().patientIds();
    String failing = patients.get(1);

    JsonNode result =
        importAll("--fail", failing + "=WARD_UNKNOWN").requireImport(0, "complete").json();

    assertThat(packages(result)).containsExactly(List.of(first, PATIENTS, 3, 1, true));
    assertThat(filesOf(first)).hasSize(3).doesNotContainKey(failing + ".json");
    JsonNode told = new ObjectMapper().readTree(server.acknowledgements().get(0).json());
    assertThat(told.path("imported_patient_count").asInt()).isEqualTo(3);
    assertThat(told.path("failed_patient_ids").toString()).isEqualTo("[\"" + failing + "\"]");
    assertThat(told.path("failure_reasons").path(failing).asText()).isEqualTo("WARD_UNKNOWN");

    String second = server.buildNow().get(0);
    JsonNode again = importAll().requireImport(0, "complete").json();

    assertThat(packages(again))
        .containsExactly(List.of(first, PATIENTS, 3, 1, true), List.of(second, 1, 1, 0, true));
    assertThat(filesOf(second)).isEqualTo(bundlesOf(server.importPackage(second))).hasSize(1);
  }

  @Test
  void several_patients_may_fail_for_reasons_that_hold_an_equals_sign() throws Exception {
    List<String> patients = firstPackage().patientIds();

    importAll("--fail", patients.get(0) + "=A=B", "--fail=" + patients.get(2) + "=C")
        .requireImport(0, "complete");

    JsonNode told = new ObjectMapper().readTree(server.acknowledgements().get(0).json());
    assertThat(told.path("failure_reasons").path(patients.get(0)).asText()).isEqualTo("A=B");
    assertThat(told.path("failure_reasons").path(patients.get(2)).asText()).isEqualTo("C");
  }

  @Test
  void says_that_nobody_is_there_to_fail() throws Exception {
    FerryRun run = importAll("--fail", "pat_unknown=WARD_UNKNOWN").requireImport(0, "complete");

    assertThat(run.err()).contains("--fail had no effect on pat_unknown");
    assertThat(packages(run.json()).get(0)).endsWith(PATIENTS, 0, true);
  }

  @Test
  void without_acknowledging_all_is_imported_and_the_next_run_tells_pierflow_alone()
      throws Exception {
    PierflowPackage served = firstPackage();

    JsonNode result = importAll("--no-acknowledge").requireImport(0, "complete").json();

    assertThat(packages(result))
        .containsExactly(List.of(served.id(), PATIENTS, PATIENTS, 0, false));
    assertThat(result.path("message").asText()).contains("--no-acknowledge");
    assertThat(filesOf(served.id())).isEqualTo(bundlesOf(served));
    assertThat(acknowledged()).isEmpty();
    assertThat(firstPackage().status()).isEqualTo("READY");

    JsonNode next = importAll().requireImport(0, "complete").json();

    assertThat(packages(next)).containsExactly(List.of(served.id(), PATIENTS, PATIENTS, 0, true));
    assertThat(acknowledged()).containsExactly(served.id());
    assertThat(requests("/download")).isEqualTo(1);
  }

  @Test
  void run_again_after_success_it_takes_nothing_again() throws Exception {
    importAll().requireImport(0, "complete");
    JsonNode first = importAll().requireImport(0, "complete").json();
    Path file =
        out().resolve(firstPackage().id()).resolve(firstPackage().patientIds().get(0) + ".json");
    FileTime written = Files.getLastModifiedTime(file);

    JsonNode again = importAll().requireImport(0, "complete").json();

    assertThat(again).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(written);
    assertThat(requests("/acknowledge")).isEqualTo(1);
    assertThat(requests("/download")).isEqualTo(1);
  }

  @Test
  void nothing_ready_is_complete() throws Exception {
    importAll().requireImport(0, "complete");
    Path other = folder.resolve("other");

    String[] args = args();
    args[args.length - 1] = other.toString();
    JsonNode result = FerryRun.here(args).requireImport(0, "complete").json();

    assertThat(result.path("packages")).isEmpty();
    assertThat(result.path("message").asText()).contains("no package");
  }

  @Test
  void warns_of_a_package_that_is_about_to_expire() throws Exception {
    server.options(server.options().retention(Duration.ofHours(12)));
    String hasty = server.buildPackage(List.of(PackageZip.BUNDLE));

    FerryRun run = importAll("--no-acknowledge").requireImport(0, "complete");

    assertThat(run.err())
        .contains("Package " + hasty + " expires within a day")
        .doesNotContain("Package " + firstPackage().id() + " expires");
    assertThat(importAll().err()).doesNotContain("expires within a day");
  }

  @Test
  void a_listed_file_that_the_manifest_lacks_is_told_and_not_handed_out() throws Exception {
    String id =
        server.serve(PackageZip.sound().with("patients/pat_2.json", PackageZip.BUNDLE).bytes());

    FerryRun run = importAll().requireImport(0, "complete");

    assertThat(filesOf(id)).containsOnlyKeys("pat_1.json");
    assertThat(run.err()).contains("Package " + id + " holds 1 file");
    assertThat(acknowledged()).contains(id);
  }

  @Test
  void without_json_the_result_is_a_sentence() {
    String[] args = Stream.of(args()).filter(arg -> !arg.equals("--json")).toArray(String[]::new);

    FerryRun run = FerryRun.here(args);

    assertThat(run.code()).isZero();
    assertThat(run.lastLine())
        .isEqualTo("Complete: 4 patients of 1 package in %s; all acknowledged.".formatted(out()));
  }
}
