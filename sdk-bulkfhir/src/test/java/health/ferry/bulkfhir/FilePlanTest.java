package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.bulkfhir.ManifestFile.Section;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names on disk: Ferry's own, unique, and the same when links are renewed. */
class FilePlanTest {

  private static final HttpUrl BASE = HttpUrl.get("https://fhir.example.org/R4");

  private static ManifestFile file(@Nullable String type, String url) {
    return file(Section.OUTPUT, type, url);
  }

  private static ManifestFile file(Section section, @Nullable String type, String url) {
    return new ManifestFile(section, type, url, -1, null, false);
  }

  private static FilePlan plan(List<PlannedFile> named, ManifestFile... files) {
    return FilePlan.of(List.of(files), named, Map.of(), BASE);
  }

  private static List<PlannedFile> names(FilePlan plan) {
    return List.copyOf(plan.sources().keySet());
  }

  private static Map<String, String> urls(FilePlan plan) {
    return plan.sources().entrySet().stream()
        .collect(Collectors.toMap(entry -> entry.getKey().name(), entry -> entry.getValue().url()));
  }

  @Test
  void names_count_by_list_and_type() {
    FilePlan plan =
        plan(
            List.of(),
            file("Patient", "https://a.example/1"),
            file("Observation", "https://a.example/2"),
            file("Patient", "https://a.example/3"),
            file(Section.DELETED, "Bundle", "https://a.example/4"),
            file(Section.ERROR, null, "https://a.example/5"));

    assertThat(names(plan))
        .extracting(PlannedFile::name)
        .containsExactly(
            "Patient-1.ndjson",
            "Observation-1.ndjson",
            "Patient-2.ndjson",
            "deleted/Bundle-1.ndjson",
            "error/Resource-1.ndjson");
  }

  @Test
  void nothing_of_a_url_is_in_a_name() {
    assertThat(names(plan(List.of(), file("Patient", "https://a.example/../../etc/passwd"))))
        .extracting(PlannedFile::name)
        .containsExactly("Patient-1.ndjson");
  }

  @Test
  void names_stay_unique_where_case_does_not_count_and_types_are_missing() {
    FilePlan plan =
        plan(
            List.of(),
            file("Patient", "https://a.example/1"),
            file("PATIENT", "https://a.example/2"),
            file(null, "https://a.example/3"),
            file("Resource", "https://a.example/4"));

    assertThat(names(plan))
        .extracting(PlannedFile::name)
        .containsExactly(
            "Patient-1.ndjson", "PATIENT-2.ndjson", "Resource-1.ndjson", "Resource-2.ndjson");
  }

  @Test
  void a_renewed_signature_and_another_order_leave_the_names() {
    FilePlan first =
        plan(
            List.of(),
            file("Patient", "https://a.example/one?s=1"),
            file("Patient", "https://a.example/two?s=1"));

    FilePlan second =
        plan(
            names(first),
            file("Patient", "https://b.example/two?s=2"),
            file("Patient", "https://b.example/one?s=2"));

    assertThat(urls(second))
        .containsEntry("Patient-1.ndjson", "https://b.example/one?s=2")
        .containsEntry("Patient-2.ndjson", "https://b.example/two?s=2");
    assertThat(second.unlisted()).isEmpty();
  }

  @Test
  void files_that_differ_in_their_query_alone_are_told_apart_by_what_of_it_stays() {
    FilePlan first =
        plan(
            List.of(),
            file("Patient", "https://a.example/dl?file=A&sig=1&exp=9"),
            file("Patient", "https://a.example/dl?file=B&sig=2&exp=9"));

    FilePlan second =
        plan(
            names(first),
            file("Patient", "https://a.example/dl?file=C&sig=3&exp=10"),
            file("Patient", "https://a.example/dl?file=B&sig=4&exp=10"),
            file("Patient", "https://a.example/dl?file=A&sig=5&exp=10"));

    assertThat(urls(second))
        .containsEntry("Patient-1.ndjson", "https://a.example/dl?file=A&sig=5&exp=10")
        .containsEntry("Patient-2.ndjson", "https://a.example/dl?file=B&sig=4&exp=10")
        .containsEntry("Patient-3.ndjson", "https://a.example/dl?file=C&sig=3&exp=10");
    assertThat(second.unsure()).isEmpty();
  }

  @Test
  void the_last_one_of_its_type_is_known_under_any_url() {
    FilePlan first = plan(List.of(), file("Patient", "https://a.example/x?1"));

    FilePlan second = plan(names(first), file("Patient", "https://b.example/y?2"));

    assertThat(urls(second)).containsEntry("Patient-1.ndjson", "https://b.example/y?2");
    assertThat(second.unsure()).isEmpty();
  }

  @Test
  void files_that_nothing_connects_with_those_before_come_again() {
    FilePlan first =
        plan(
            List.of(),
            file("Patient", "https://a.example/x1"),
            file("Patient", "https://a.example/x2"),
            file("Group", "https://a.example/g"));

    FilePlan second =
        plan(
            names(first),
            file("Patient", "https://a.example/y1"),
            file("Patient", "https://a.example/y2"),
            file("Patient", "https://a.example/y3"),
            file("Group", "https://a.example/h"));

    assertThat(second.sources()).hasSize(4);
    assertThat(second.unsure())
        .extracting(PlannedFile::name)
        .containsExactlyInAnyOrder("Patient-1.ndjson", "Patient-2.ndjson");
    FilePlan third =
        plan(
            names(second),
            file("Patient", "https://a.example/y3"),
            file("Patient", "https://a.example/y1"),
            file("Patient", "https://a.example/y2"),
            file("Group", "https://a.example/h"));
    assertThat(third.unsure()).isEmpty();
  }

  @Test
  void a_file_that_came_with_another_count_comes_again() {
    FilePlan first = plan(List.of(), counted("https://a.example/1?s=1", 7));

    FilePlan second =
        FilePlan.of(
            List.of(counted("https://a.example/1?s=2", 5)),
            names(first),
            Map.of("Patient-1.ndjson", Map.of("Patient", 7L)),
            BASE);

    assertThat(second.unsure()).extracting(PlannedFile::name).containsExactly("Patient-1.ndjson");
  }

  private static ManifestFile counted(String url, long count) {
    return new ManifestFile(Section.OUTPUT, "Patient", url, count, null, null);
  }

  @Test
  void what_is_not_listed_any_more_is_kept_in_mind() {
    FilePlan first =
        plan(
            List.of(),
            file("Patient", "https://a.example/1"),
            file("Group", "https://a.example/2"));

    FilePlan second = plan(names(first), file("Patient", "https://a.example/1"));

    assertThat(second.unlisted()).extracting(PlannedFile::name).containsExactly("Group-1.ndjson");
  }

  @Test
  @Timeout(30)
  void names_a_hundred_thousand_files_at_once() {
    List<ManifestFile> many =
        IntStream.rangeClosed(1, 100_000)
            .mapToObj(i -> file("Observation", "https://a.example/" + i))
            .toList();

    List<PlannedFile> named = names(FilePlan.of(many, List.of(), Map.of(), BASE));

    assertThat(named).hasSize(100_000);
    assertThat(named.get(99_999).name()).isEqualTo("Observation-100000.ndjson");
  }
}
