package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.fhir.NdjsonIterator;
import health.ferry.fhir.RawResource;
import health.ferry.testkit.BulkDataVersion;
import health.ferry.testkit.Fault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** M3, M4: files of several types, in blocks around one patient each. */
class OrganizedOutputTest extends SandboxTest {

  private static final ExportRequest BY_PATIENT =
      ExportRequest.patients().organizeOutputBy("Patient").build();

  @BeforeEach
  void stu3() {
    options(o -> o.version(BulkDataVersion.STU3).counts(true));
  }

  private static Map<String, List<String>> blocks(ExportResult result) {
    Map<String, List<String>> blocks = new TreeMap<>();
    try (OrganizedResources resources = result.readOrganized()) {
      while (resources.hasNext()) {
        OrganizedResource next = resources.next();
        blocks
            .computeIfAbsent(next.block().orElse("none"), block -> new ArrayList<>())
            .add(next.resource().resourceType().orElseThrow());
      }
    }
    return blocks;
  }

  @Test
  void counts_resources_by_their_type_and_leaves_headers_out() {
    Map<String, Long> plain =
        client().export(ExportRequest.patients().build(), folder.resolve("plain")).resources();

    ExportResult result = client().export(BY_PATIENT, out());

    assertThat(result.isComplete()).isTrue();
    assertThat(result.resources()).isEqualTo(plain).doesNotContainKey("Parameters");
    assertThat(finished(out())).allMatch(name -> name.startsWith("Resource-"));
    assertThat(client().export(BY_PATIENT, out()).resources()).isEqualTo(plain);
  }

  @Test
  void is_read_block_by_block_also_where_one_goes_on_in_the_next_file() {
    options(o -> o.resourcesPerFile(7));
    ExportResult result = client().export(BY_PATIENT, out());
    assertThat(result.files()).anyMatch(file -> file.continuesInFile().isPresent());

    Map<String, List<String>> blocks = blocks(result);

    assertThat(blocks.keySet())
        .containsExactlyInAnyOrderElementsOf(
            partner.patientIds().stream().map(id -> "Patient/" + id).toList());
    Map<String, Long> types = new HashMap<>();
    blocks.values().forEach(list -> list.forEach(type -> types.merge(type, 1L, Long::sum)));
    assertThat(types).isEqualTo(result.resources());
    assertThat(blocks.values()).allMatch(list -> list.contains("Patient"));
  }

  @Test
  void is_read_by_type_as_any_other() {
    ExportResult result = client().export(BY_PATIENT, out());

    List<String> ids = new ArrayList<>();
    try (NdjsonIterator<Patient> patients = result.read(Patient.class)) {
      patients.forEachRemaining(patient -> ids.add(patient.getIdElement().getIdPart()));
    }
    assertThat(ids).containsExactlyInAnyOrderElementsOf(partner.patientIds());
    try (NdjsonIterator<RawResource> none = result.readRaw("Device")) {
      assertThat(none.hasNext()).isFalse();
    }
  }

  @Test
  void is_resumed_as_any_other() {
    options(o -> o.resourcesPerFile(7));
    Map<String, List<String>> expected =
        blocks(client().export(BY_PATIENT, folder.resolve("plain")));
    String second = partner.lastJob().filePaths().get(1).replace("job-1", "job-2");
    // Five tries while the job runs, and five after its end.
    partner.files().fault(second, 10, Fault.status(500));
    assertThat(client().export(BY_PATIENT, out()).failures()).hasSize(1);

    assertThat(blocks(client().export(BY_PATIENT, out()))).isEqualTo(expected);
  }

  @Test
  void without_organized_files_reads_nothing() {
    try (OrganizedResources none = client().export(EVERYTHING, out()).readOrganized()) {
      assertThat(none.hasNext()).isFalse();
    }
  }
}
