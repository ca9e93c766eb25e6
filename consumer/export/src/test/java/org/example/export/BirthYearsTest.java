package org.example.export;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.core.Secret;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PartnerSandboxExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(PartnerSandboxExtension.class)
class BirthYearsTest {

  @TempDir Path folder;

  @Test
  void counts_every_patient_of_the_server(PartnerSandbox sandbox) {
    try (BulkFhirClient client =
        BulkFhirClient.builder(sandbox.bulkFhir().baseUrl())
            .token(Secret.of(sandbox.bulkFhir().staticToken()))
            .build()) {
      int counted =
          BirthYears.count(client, folder.resolve("out")).values().stream()
              .mapToInt(Integer::intValue)
              .sum();

      assertThat(counted).isEqualTo(sandbox.bulkFhir().patientIds().size()).isPositive();
    }
  }
}
