package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests that the server of a preset would misread, refused before anything is sent. */
class ExportPresetTest extends SandboxTest {

  private static final ExportRequest NARROW =
      ExportRequest.patients()
          .until(Instant.EPOCH)
          .typeFilter("Observation?status=final")
          .elements("id")
          .build();

  private List<String> refused(ExportPreset preset, ExportRequest request) {
    InvalidInputException refused =
        catchThrowableOfType(
            InvalidInputException.class,
            () -> client(b -> b.preset(preset)).export(request, out()));
    assertThat(partner.requests()).isEmpty();
    return refused.violations().stream().map(Violation::path).toList();
  }

  @Test
  void iehr_ignores_what_narrows_by_more_than_type_and_time() {
    assertThat(refused(ExportPreset.IEHR, NARROW))
        .containsExactly("until", "typeFilter", "elements");
  }

  @Test
  void iehr_ignores_all_else_that_it_does_not_know_too() {
    assertThat(
            refused(
                ExportPreset.IEHR,
                ExportRequest.patients()
                    .patient("p1")
                    .includeAssociatedData("LatestProvenanceResources")
                    .organizeOutputBy("Patient")
                    .allowPartialManifests()
                    .parameter("_site", "north")
                    .byPost()
                    .build()))
        .containsExactly(
            "patient",
            "includeAssociatedData",
            "organizeOutputBy",
            "allowPartialManifests",
            "parameter",
            "byPost");
  }

  @Test
  void veradigm_exports_the_types_of_its_page_alone() {
    assertThat(
            refused(
                ExportPreset.VERADIGM, ExportRequest.group("g1").types("Patient", "Claim").build()))
        .containsExactly("types");
    assertThat(
            refused(
                ExportPreset.VERADIGM,
                ExportRequest.group("g1").typeFilter("Claim?status=active").build()))
        .containsExactly("typeFilter");
  }

  @Test
  void veradigm_brings_provenance_when_it_is_named_and_by_no_other_word() {
    assertThat(
            refused(
                ExportPreset.VERADIGM,
                ExportRequest.group("g1")
                    .types("Patient", "Provenance")
                    .includeAssociatedData("LatestProvenanceResources")
                    .build()))
        .containsExactly("includeAssociatedData");
  }

  @Test
  void every_refusal_says_why() {
    InvalidInputException refused =
        catchThrowableOfType(
            InvalidInputException.class,
            () ->
                client(b -> b.preset(ExportPreset.IEHR))
                    .startExport(ExportRequest.patients().patient("p1").build()));

    assertThat(refused)
        .hasMessageContaining(
            "patient: is ignored by iEHR, which would export everyone; make a Group of the"
                + " patients");
    assertThat(partner.requests()).isEmpty();
  }

  @Test
  void veradigm_exports_groups_alone() {
    assertThat(refused(ExportPreset.VERADIGM, EVERYTHING)).containsExactly("level");
    assertThat(refused(ExportPreset.VERADIGM, NARROW)).containsExactly("level");
  }

  @Test
  void each_takes_what_its_server_understands() {
    ExportRequest group =
        ExportRequest.group(partner.groupId()).types("Patient").since(Instant.EPOCH).build();

    for (ExportPreset preset : ExportPreset.values()) {
      ExportResult result =
          client(b -> b.preset(preset)).export(group, folder.resolve(preset.name()));
      assertThat(result.isComplete()).isTrue();
    }
  }

  @Test
  void a_server_of_no_preset_gets_what_was_asked() {
    assertThat(client().export(NARROW, out()).isComplete()).isTrue();
  }
}
