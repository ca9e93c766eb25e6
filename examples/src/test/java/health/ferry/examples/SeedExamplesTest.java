package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.bulkfhir.ExportPreset;
import health.ferry.bulkfhir.ExportResult;
import health.ferry.bulkfhir.SigningKey;
import health.ferry.core.Secret;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.BulkFhirPartner;
import health.ferry.testkit.PartnerSandboxExtension;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The flows of iEHR's and Veradigm's own pages, against servers with their ways. */
@ExtendWith(PartnerSandboxExtension.class)
class SeedExamplesTest {

  @TempDir Path folder;

  private static BulkFhirClient iehr(BulkFhirPartner server) {
    server.options(BulkFhirOptions.medplum());
    return BulkFhirClient.builder(server.baseUrl())
        .preset(ExportPreset.IEHR)
        .tokenUrl(server.tokenUrl())
        .clientCredentials(server.clientId(), Secret.of(server.clientSecret()))
        .build();
  }

  @Test
  void iehr_makes_a_group_of_chosen_patients_and_exports_it(BulkFhirPartner server) {
    List<String> chosen = server.patientIds().subList(0, 2);
    try (BulkFhirClient iehr = iehr(server)) {
      String group = IehrExportExample.newGroup(iehr, chosen);
      assertThat(server.groups().get(group)).containsExactlyInAnyOrderElementsOf(chosen);

      ExportResult result = IehrExportExample.group(iehr, group, folder.resolve("out"));

      assertThat(result.resources()).containsEntry("Patient", 2L).containsKey("Observation");
    }
  }

  @Test
  void iehr_exports_a_whole_project(BulkFhirPartner server) {
    try (BulkFhirClient iehr = iehr(server)) {
      ExportResult result = IehrExportExample.project(iehr, folder.resolve("out"));

      assertThat(result.resources()).containsEntry("Patient", (long) server.patientIds().size());
    }
  }

  private BulkFhirClient veradigm(BulkFhirPartner server) throws Exception {
    server.options(BulkFhirOptions.veradigm());
    server.group("INF-101", Set.copyOf(server.patientIds()));
    KeyPair keys = SigningKeys.rsa();
    server.registerKey(keys.getPublic());
    return BulkFhirClient.builder(server.baseUrl())
        .preset(ExportPreset.VERADIGM)
        .backendServices(
            server.clientId(), SigningKey.fromFile(SigningKeys.pem(keys, folder), null))
        .build();
  }

  @Test
  void veradigm_exports_a_group_with_its_provenance(BulkFhirPartner server) throws Exception {
    try (BulkFhirClient veradigm = veradigm(server)) {
      int before = server.kickOffs();
      VeradigmExportExample.list(veradigm);

      ExportResult result =
          VeradigmExportExample.export(veradigm, "INF-101", folder.resolve("out"));

      assertThat(result.resources()).containsEntry("Patient", (long) server.patientIds().size());
      assertThat(server.lastJob().parameters().get("_type"))
          .containsExactly("Patient,Condition,Provenance");
      assertThat(server.kickOffs()).isEqualTo(before + 1);
      assertThat(server.lastJob().isDeleted()).isTrue();
    }
  }

  @Test
  void veradigm_deletes_what_was_asked_for_in_error(BulkFhirPartner server) throws Exception {
    try (BulkFhirClient veradigm = veradigm(server)) {
      VeradigmExportExample.deleteWhatWasAskedForInError(veradigm, "INF-101");

      assertThat(server.lastJob().isDeleted()).isTrue();
      assertThat(server.lastJob().polls()).isZero();
    }
  }
}
