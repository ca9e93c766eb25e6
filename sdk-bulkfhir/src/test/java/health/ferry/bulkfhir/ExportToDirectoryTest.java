package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Secret;
import health.ferry.fhir.NdjsonIterator;
import health.ferry.testkit.PartnerSandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportToDirectoryTest {

  @TempDir Path folder;

  @Test
  void brings_every_resource_of_a_system_export() throws Exception {
    try (PartnerSandbox sandbox = PartnerSandbox.start();
        BulkFhirClient client =
            BulkFhirClient.builder(sandbox.bulkFhir().baseUrl())
                .token(Secret.of(sandbox.bulkFhir().staticToken()))
                .build()) {
      ExportResult result = client.export(ExportRequest.system().build(), folder.resolve("out"));

      assertThat(result.isComplete()).isTrue();
      Set<String> ids = new HashSet<>();
      try (NdjsonIterator<Patient> patients = result.read(Patient.class)) {
        patients.forEachRemaining(patient -> ids.add(patient.getIdElement().getIdPart()));
      }
      assertThat(ids).containsExactlyInAnyOrderElementsOf(sandbox.bulkFhir().patientIds());
      assertThat(result.resources()).containsEntry("Patient", (long) ids.size());
      assertThat(sandbox.bulkFhir().deletes()).isEqualTo(1);
      try (var files = Files.walk(result.directory())) {
        files.forEach(System.out::println);
      }
      assertThat(
              client
                  .export(ExportRequest.system().build(), folder.resolve("out"))
                  .wasAlreadyComplete())
          .isTrue();
      assertThat(sandbox.bulkFhir().kickOffs()).isEqualTo(1);
    }
  }
}
