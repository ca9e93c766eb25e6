package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What tells two exports apart: a directory belongs to one of them for years. */
class KickOffUrlTest {

  private static final HttpUrl BASE = HttpUrl.get("https://fhir.example.org/R4");

  private static String identity(ExportRequest.Builder request) {
    return KickOffUrl.identity(BASE, request.build());
  }

  // A directory of an earlier release is taken up only under the text that it holds.
  @Test
  void the_text_of_a_request_does_not_change_from_release_to_release() {
    assertThat(identity(ExportRequest.system())).isEqualTo("https://fhir.example.org/R4/$export");
    assertThat(
            identity(
                ExportRequest.group("g1")
                    .outputFormat("ndjson")
                    .since(Instant.parse("2026-01-02T03:04:05Z"))
                    .until(Instant.parse("2026-02-03T04:05:06Z"))
                    .types("Patient", "Observation")
                    .typeFilter("Observation?category=vital-signs,laboratory")
                    .elements("id", "Patient.name")
                    .allowPartialManifests()))
        .isEqualTo(
            "https://fhir.example.org/R4/Group/g1/$export?_outputFormat=ndjson"
                + "&_since=2026-01-02T03%3A04%3A05Z&_until=2026-02-03T04%3A05%3A06Z"
                + "&_type=Patient%2CObservation"
                + "&_typeFilter=Observation%3Fcategory%3Dvital-signs%2Claboratory"
                + "&_elements=id%2CPatient.name&allowPartialManifests=true");
  }

  @Test
  void how_it_is_sent_makes_no_other_export() {
    String plain = identity(ExportRequest.patients().types("Patient"));

    assertThat(identity(ExportRequest.patients().types("Patient").byGet())).isEqualTo(plain);
    assertThat(identity(ExportRequest.patients().types("Patient").byPost())).isEqualTo(plain);
    assertThat(identity(ExportRequest.patients().types("Patient").separateExportStatus()))
        .isEqualTo(plain);
  }

  static Stream<UnaryOperator<ExportRequest.Builder>> differences() {
    return Stream.of(
        request -> request.patient("p1"),
        request -> request.patient("p1", "p2"),
        request -> request.includeAssociatedData("LatestProvenanceResources"),
        request -> request.organizeOutputBy("Patient"),
        request -> request.parameter("_site", "north"),
        request -> request.parameter("_site", "south"),
        ExportRequest.Builder::lenient);
  }

  @ParameterizedTest
  @MethodSource("differences")
  void what_changes_the_answer_makes_another_export(UnaryOperator<ExportRequest.Builder> change) {
    assertThat(identity(change.apply(ExportRequest.patients())))
        .isNotEqualTo(identity(ExportRequest.patients()));
    assertThat(
            differences()
                .map(other -> identity(other.apply(ExportRequest.patients())))
                .filter(identity(change.apply(ExportRequest.patients()))::equals))
        .hasSize(1);
  }

  @Test
  void names_no_patient_and_cares_for_no_order_of_them() {
    String identity = identity(ExportRequest.patients().patient("p-4711", "p-4712"));

    assertThat(identity)
        .matches("https://fhir.example.org/R4/Patient/\\$export\\?patient=[0-9a-f]{64}")
        .isEqualTo(identity(ExportRequest.patients().patient("p-4712", "p-4711")));
  }
}
