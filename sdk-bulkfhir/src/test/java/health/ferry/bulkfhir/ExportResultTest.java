package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.bulkfhir.ManifestFile.Section;
import health.ferry.fhir.NdjsonIterator;
import health.ferry.fhir.Outcome;
import health.ferry.fhir.RawResource;
import health.ferry.testkit.Body;
import health.ferry.testkit.Canary;
import health.ferry.testkit.ExtraFile;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** What an export brought: files, numbers, and resources one at a time. */
class ExportResultTest extends SandboxTest {

  private static final String DELETION =
      "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[]}\n";
  private static final String OUTCOME = "{\"resourceType\":\"OperationOutcome\",\"issue\":[]}\n";

  private void list(ExtraFile.Section section, String type, String text) {
    options(o -> o.extraFile(new ExtraFile(section, type, Body.of(text), 1)));
  }

  @Test
  void patients_are_read_as_models() {
    ExportResult result = client().export(EVERYTHING, out());

    List<String> ids = new ArrayList<>();
    try (NdjsonIterator<Patient> patients = result.read(Patient.class)) {
      patients.forEachRemaining(patient -> ids.add(patient.getIdElement().getIdPart()));
    }
    assertThat(ids).containsExactlyInAnyOrderElementsOf(partner.patientIds());
  }

  @Test
  void observations_of_all_their_files_are_read_as_json() {
    options(o -> o.resourcesPerFile(2));
    ExportResult result = client().export(EVERYTHING, out());

    List<String> ids = new ArrayList<>();
    try (NdjsonIterator<RawResource> observations = result.readRaw("Observation")) {
      observations.forEachRemaining(
          raw -> {
            assertThat(raw.resourceType()).contains("Observation");
            assertThat(raw.json()).startsWith("{").contains("\"Observation\"");
            ids.add(raw.id().orElseThrow());
          });
    }
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(result.resources()).containsEntry("Observation", (long) ids.size());
    assertThat(partner.lastJob().filePaths("Observation").size()).isGreaterThan(1);
  }

  // HAPI's class has another name than FHIR's type.
  @Test
  void lists_are_found_by_their_class() {
    list(ExtraFile.Section.OUTPUT, "List", "{\"resourceType\":\"List\",\"id\":\"l1\"}\n");
    ExportResult result = client().export(EVERYTHING, out());

    try (NdjsonIterator<ListResource> lists = result.read(ListResource.class)) {
      assertThat(lists.next().getIdElement().getIdPart()).isEqualTo("l1");
    }
  }

  @Test
  void a_type_that_did_not_come_is_read_as_nothing() {
    ExportResult result = client().export(ExportRequest.system().types("Patient").build(), out());

    try (NdjsonIterator<RawResource> none = result.readRaw("Observation")) {
      assertThat(none.hasNext()).isFalse();
    }
  }

  @Test
  void deletions_and_errors_lie_apart_and_are_no_resources() throws Exception {
    list(ExtraFile.Section.DELETED, "Bundle", DELETION);
    list(ExtraFile.Section.ERROR, "OperationOutcome", OUTCOME);

    ExportResult result = client().export(ExportRequest.system().types("Patient").build(), out());

    assertThat(finished(out()))
        .containsExactly(
            "Patient-1.ndjson", "deleted/Bundle-1.ndjson", "error/OperationOutcome-1.ndjson");
    assertThat(out().resolve("deleted/Bundle-1.ndjson")).hasContent(DELETION);
    assertThat(result.resources()).containsOnlyKeys("Patient");
    assertThat(result.files())
        .extracting(ExportedFile::section)
        .containsExactly(Section.OUTPUT, Section.DELETED, Section.ERROR);
    assertThat(result.isComplete()).isTrue();
  }

  @Test
  void deletions_and_outcomes_are_read_from_their_files() {
    list(
        ExtraFile.Section.DELETED,
        "Bundle",
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":"
            + "{\"method\":\"DELETE\",\"url\":\"Patient/gone\"}}]}\n");
    list(
        ExtraFile.Section.ERROR,
        "OperationOutcome",
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"warning\","
            + "\"diagnostics\":\"no Binary\"}]}\n");

    ExportResult result = client().export(EVERYTHING, out());

    try (DeletedResources deleted = result.deleted()) {
      assertThat(deleted.stream()).containsExactly(new DeletedResource("Patient", "gone"));
    }
    try (NdjsonIterator<Outcome> outcomes = result.outcomes()) {
      assertThat(outcomes.next().isFailure()).isFalse();
      assertThat(outcomes.hasNext()).isFalse();
    }
    assertThat(result.outcomeSummary().texts()).containsExactly("no Binary");
  }

  @Test
  void without_deletions_and_outcomes_there_is_nothing_to_read() {
    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.deleted().hasNext()).isFalse();
    assertThat(result.outcomes().hasNext()).isFalse();
    assertThat(result.outcomeSummary().texts()).isEmpty();
  }

  @Test
  void numbers_are_those_of_the_files_on_disk() throws Exception {
    ExportResult result = client().export(EVERYTHING, out());

    long bytes = 0;
    for (ExportedFile file : result.files()) {
      assertThat(file.bytes()).isEqualTo(Files.size(file.path()));
      assertThat(file.resources()).isEqualTo(Files.readAllLines(file.path()).size());
      bytes += file.bytes();
    }
    assertThat(result.bytes()).isEqualTo(bytes);
    assertThat(result.directory()).isEqualTo(out());
    assertThat(result.transactionTime()).isPresent();
  }

  @Test
  void nothing_of_it_prints_a_name_or_a_url() {
    options(o -> o.presigned());
    ExportResult result = client().export(EVERYTHING, out());
    ExportManifest manifest = client().startExport(EVERYTHING).await(Duration.ofMinutes(1));

    for (Object printed :
        List.of(result, result.files().get(0), manifest, manifest.files().get(0), EVERYTHING)) {
      Canary.assertAbsent(printed);
      assertThat(printed.toString()).doesNotContain("http");
    }
  }

  @Test
  void resources_of_a_file_whose_type_is_not_told_are_counted_by_their_own() {
    options(o -> o.manifestEdit(text -> text.replace("\"type\":\"Patient\",", "")));

    ExportResult result = client().export(ExportRequest.system().types("Patient").build(), out());

    assertThat(result.resources()).containsOnlyKeys("Patient").containsEntry("Patient", 3L);
    assertThat(finished(out())).containsExactly("Resource-1.ndjson");
  }

  @Test
  void steps_of_a_file_are_told_under_its_name_in_the_export() {
    list(ExtraFile.Section.DELETED, "Bundle", DELETION);
    Set<String> told = ConcurrentHashMap.newKeySet();

    client()
        .export(
            ExportRequest.system().types("Patient").build(),
            out(),
            o ->
                o.onProgress(
                    step -> step.file().ifPresent(name -> told.add(step.kind() + " " + name))));

    assertThat(told)
        .contains(
            "FILE_STARTED Patient-1.ndjson",
            "FILE_DONE Patient-1.ndjson",
            "FILE_STARTED deleted/Bundle-1.ndjson",
            "FILE_DONE deleted/Bundle-1.ndjson");
  }

  @Test
  void a_listener_that_fails_does_no_harm() {
    ExportResult result =
        client()
            .export(
                EVERYTHING,
                out(),
                o ->
                    o.onProgress(
                        step -> {
                          throw new IllegalStateException("no display");
                        }));

    assertThat(result.isComplete()).isTrue();
  }
}
