package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.core.internal.journal.Journal;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PierflowArchive;
import health.ferry.testkit.PierflowOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an import's directory may hold, and what is refused because of it. */
class ImportDirectoryTest extends ImportTest {

  private ImportReport stopAfterTwo() {
    List<String> ids = patients();
    return run(
        patient ->
            patient.patientId().equals(ids.get(2))
                ? PatientOutcome.stop()
                : PatientOutcome.imported());
  }

  private Path journalFile() {
    return directory.resolve(onlyPackage() + ".journal");
  }

  private void refuses(String rule) {
    int requests = partner.requests().size();
    assertThat(catchThrowableOfType(InvalidInputException.class, this::run))
        .hasMessage("Pierflow importAll failed: directory: " + rule);
    assertThat(partner.requests()).hasSize(requests);
  }

  @Test
  void a_directory_that_is_a_file_is_refused() throws IOException {
    Files.writeString(directory, "something else");
    refuses("is a file");
    assertThat(directory).hasContent("something else");
  }

  @Test
  void a_disk_that_fails_takes_nothing_back_of_what_was_done_and_told() throws IOException {
    String later = partner.serve(PackageContent.of(List.of("pat_c")).bytes());
    Files.createDirectories(directory.resolve(later + ".zip").resolve("in the way"));
    List<ImportReport> told = new ArrayList<>();

    assertThatThrownBy(
            () -> run(p -> PatientOutcome.imported(), options -> options.onReport(told::add)))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(told).hasSize(1);
    assertThat(told.get(0).packages())
        .filteredOn(PackageReport::isAcknowledged)
        .extracting(PackageReport::id)
        .containsExactly(onlyPackage());
  }

  @Test
  void a_second_run_in_the_same_directory_is_refused_while_the_first_one_goes_on() {
    run(patient -> {
          assertThatThrownBy(this::runBesides)
              .isInstanceOf(InvalidInputException.class)
              .hasMessage(
                  "Pierflow importAll failed: directory: is used by another import; wait for"
                      + " that to end");
          return PatientOutcome.imported();
        })
        .orThrow();
    assertThat(handed).hasSize(PATIENTS);
  }

  private void runBesides() {
    client.importAll(partner.organizationId(), directory, patient -> PatientOutcome.imported());
  }

  @Test
  void the_directory_of_another_organization_or_server_is_refused() {
    stopAfterTwo();
    assertThatThrownBy(
            () -> client.importAll("org_other", directory, patient -> PatientOutcome.imported()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Pierflow importAll failed: directory: holds the import of another organization or"
                + " server; choose another one");
    try (PartnerSandbox other = PartnerSandbox.start();
        PierflowClient elsewhere =
            PierflowClient.builder(other.pierflow().baseUrl(), Secret.of(other.pierflow().apiKey()))
                .build()) {
      assertThatThrownBy(
              () ->
                  elsewhere.importAll(
                      partner.organizationId(), directory, patient -> PatientOutcome.imported()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("another organization or server");
      assertThat(other.pierflow().requests()).isEmpty();
    }
  }

  @Test
  void a_file_under_a_journals_name_that_is_none_is_left_as_it_is() throws IOException {
    Files.createDirectories(directory);
    Path mistaken = directory.resolve("notes.journal");
    Files.writeString(mistaken, "my own notes\n");

    ImportReport report = run();

    assertThat(report.packages())
        .extracting(PackageReport::id)
        .containsExactly("notes", onlyPackage());
    assertThat(report.packages().get(0).failure().orElseThrow())
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Pierflow importAll failed: nobody can know which patients were imported: line 1 of"
                + " the journal is damaged");
    assertThat(report.packages().get(1).isAcknowledged()).isTrue();
    assertThat(mistaken).hasContent("my own notes\n");
  }

  @Test
  void a_folder_under_a_journals_name_is_refused() throws IOException {
    Files.createDirectories(directory.resolve("pkg.journal"));
    refuses("has a journal that cannot be opened: each must be a file that can be written");
  }

  @Test
  void the_journal_of_something_else_is_refused() throws IOException {
    Files.createDirectories(directory);
    try (Journal other = Journal.open(directory.resolve("pkg.journal"), entry -> {})) {
      other.append("{\"journal\":\"another\"}");
    }
    refuses("has the journal of something else");
  }

  @Test
  void a_damaged_journal_hands_out_nobody_and_the_other_packages_go_on() throws IOException {
    stopAfterTwo();
    handed.clear();
    byte[] bytes = Files.readAllBytes(journalFile());
    bytes[bytes.length / 2] ^= 1;
    Files.write(journalFile(), bytes);
    String good = partner.buildPackage(List.of(PackageContent.bundle("pat_good")));

    ImportReport report = run();

    assertThat(report.packages().get(0).failure().orElseThrow())
        .isInstanceOf(IntegrityException.class)
        .hasMessageMatching(
            ".*nobody can know which patients were imported: line [0-9]+ of the journal is damaged");
    assertThat(report.packages().get(1).id()).isEqualTo(good);
    assertThat(handed).containsExactly("pat_good");
    assertThat(partner.acknowledgements()).hasSize(1);
    assertThat(journalFile()).hasBinaryContent(bytes);
  }

  @Test
  void a_torn_last_line_costs_nothing() throws IOException {
    stopAfterTwo();
    handed.clear();
    Files.writeString(journalFile(), "12ab34cd {\"outco", StandardOpenOption.APPEND);

    run().orThrow();

    assertThat(handed)
        .containsExactly(
            patients().get(2) + " again", patients().get(3), patients().get(4), patients().get(5));
  }

  @Test
  void a_journal_of_which_nothing_reached_the_disk_begins_anew() throws IOException {
    Files.createDirectories(directory);
    Files.createFile(journalFile());

    run().orThrow();

    assertThat(handed).containsExactlyElementsOf(patients());
    assertThat(journal(onlyPackage()).get(0)).startsWith("{\"journal\":\"ferry-pierflow-import\"");
  }

  private static PierflowArchive archive(int patients) {
    return PierflowArchive.of(PackageContent.of(patients).bytes()).id("pkg_x");
  }

  private ImportReport stopInTheMiddleOf(PierflowArchive archive) {
    partner.serve(archive);
    ImportReport stopped =
        run(
            patient ->
                handed.size() > PATIENTS + 1 ? PatientOutcome.stop() : PatientOutcome.imported());
    assertThat(stopped.packages().get(1).imported()).isEqualTo(1);
    handed.clear();
    return stopped;
  }

  private void refusesTheChanged() {
    ImportReport report = run();

    assertThat(report.packages().get(1).failure().orElseThrow())
        .isInstanceOf(IntegrityException.class)
        .hasMessage(
            "Pierflow importAll failed: the server has another package under the id of one whose"
                + " import was begun; to begin anew, move its .journal and .zip away");
    assertThat(report.packages().get(1).imported()).isEqualTo(1);
    assertThat(handed).isEmpty();
    assertThat(partner.acknowledgements()).hasSize(1);
  }

  @Test
  void a_package_that_changed_under_its_id_is_refused_by_its_checksum() {
    stopInTheMiddleOf(archive(3));
    partner.serve(archive(4));
    refusesTheChanged();
  }

  @Test
  void a_package_that_changed_under_its_id_is_refused_by_its_patients() throws IOException {
    stopInTheMiddleOf(archive(3).withoutChecksum());
    Files.delete(directory.resolve("pkg_x.zip"));
    partner.serve(archive(4).withoutChecksum());
    refusesTheChanged();
  }

  @Test
  void what_was_begun_without_a_checksum_is_finished_from_the_archive_that_is_there() {
    stopInTheMiddleOf(archive(3).withoutChecksum());
    long downloads = downloads();

    assertThat(run().orThrow().imported()).isEqualTo(PATIENTS + 3);
    assertThat(handed).hasSize(2);
    assertThat(downloads()).isEqualTo(downloads);
  }

  private long downloads() {
    return partner.requests().stream().filter(one -> one.target().endsWith("/download")).count();
  }

  @Test
  void a_package_that_is_listed_no_more_is_finished_from_the_archive_that_is_there() {
    stopAfterTwo();
    handed.clear();
    partner.script(PierflowOperation.LIST, ControlAnswer.json(200, "{\"packages\":[]}"));
    long downloads = downloads();

    assertThat(run().orThrow().imported()).isEqualTo(PATIENTS);
    assertThat(handed).hasSize(4);
    assertThat(downloads()).isEqualTo(downloads);
  }

  @Test
  void an_archive_that_has_gone_comes_again_with_the_journals_checksum() throws IOException {
    stopAfterTwo();
    handed.clear();
    Files.delete(directory.resolve(onlyPackage() + ".zip"));
    partner.script(PierflowOperation.LIST, ControlAnswer.json(200, "{\"packages\":[]}"));

    assertThat(run().orThrow().imported()).isEqualTo(PATIENTS);
    assertThat(handed).hasSize(4);
  }
}
