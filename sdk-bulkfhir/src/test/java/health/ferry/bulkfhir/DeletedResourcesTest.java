package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.IntegrityException;
import health.ferry.testkit.Canary;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which resources a deleted file names, in every form that servers write. */
class DeletedResourcesTest {

  @TempDir Path folder;

  private static String entry(String url) {
    return "{\"fullUrl\":\"urn:uuid:1\",\"request\":{\"method\":\"DELETE\",\"url\":\""
        + url
        + "\"}}";
  }

  private static String bundle(String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
        + String.join(",", entries)
        + "]}\n";
  }

  private Path file(String text) throws IOException {
    Path file = Files.createTempFile(folder, "Bundle-", ".ndjson");
    return Files.writeString(file, text);
  }

  private static List<DeletedResource> read(Path... files) {
    try (DeletedResources deleted = new DeletedResources(List.of(files))) {
      List<DeletedResource> all = new ArrayList<>();
      deleted.forEachRemaining(all::add);
      return all;
    }
  }

  @Test
  void each_entry_of_each_line_of_each_file_is_one_resource() throws Exception {
    Path first = file(bundle(entry("Patient/a"), entry("Group/b-1.2_3")) + "\n" + bundle());
    Path second = file("\uFEFF" + bundle(entry("Observation/c")).strip());

    assertThat(read(first, second))
        .containsExactly(
            new DeletedResource("Patient", "a"),
            new DeletedResource("Group", "b-1.2_3"),
            new DeletedResource("Observation", "c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient/a",
        "/Patient/a",
        "https://ehr.example/fhir/R4/Patient/a",
        "http://ehr.example:8080/Patient/a"
      })
  void a_slash_or_the_servers_base_may_stand_before_it(String url) throws Exception {
    assertThat(read(file(bundle(entry(url))))).containsExactly(new DeletedResource("Patient", "a"));
  }

  @Test
  void members_may_come_in_any_order() throws Exception {
    String line =
        "{\"entry\":[{\"request\":{\"ifMatch\":\"1\",\"url\":\"Patient/a\",\"extension\":[{}],"
            + "\"method\":\"DELETE\"},\"resource\":{\"request\":{\"url\":\"no\"}}}],\"link\":[],"
            + "\"resourceType\":\"Bundle\"}";

    assertThat(read(file(line))).containsExactly(new DeletedResource("Patient", "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Patient?identifier=" + Canary.FAMILY,
        "Patient/a?x=1",
        "Patient/a/_history/1",
        "Patient/a#b",
        "Patient",
        "Patient/",
        "patient/a",
        "urn:uuid:0",
        "ftp://ehr.example/Patient/a",
        ""
      })
  void what_does_not_delete_one_resource_is_no_silent_loss(String url) throws Exception {
    Path file = file(bundle(entry("Patient/a")) + bundle(entry(url), entry("Patient/z")));

    try (DeletedResources deleted = new DeletedResources(List.of(file))) {
      assertThat(deleted.next().id()).isEqualTo("a");
      assertThatThrownBy(deleted::next)
          .isInstanceOf(IntegrityException.class)
          .hasMessageEndingWith(
              file.getFileName() + " line 2 does not delete one resource by its id")
          .satisfies(Canary::assertAbsent);
      assertThat(deleted.next().id()).isEqualTo("z");
      assertThat(deleted.hasNext()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/a\"}}]}",
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"request\":{\"url\":\"Patient/a\"}}]}",
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"fullUrl\":\"Patient/a\"}]}",
        "{\"resourceType\":\"Bundle\",\"entry\":[{\"request\":[]}]}",
        "{\"resourceType\":\"Bundle\",\"entry\":[7]}",
        "{\"resourceType\":\"Patient\",\"id\":\"a\"}",
        "{}"
      })
  void another_method_or_another_resource_is_refused(String line) throws Exception {
    Path file = file(line);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("line 1 does not delete one resource by its id");
  }

  @Test
  void a_file_that_has_changed_since_or_is_gone_is_an_error() throws Exception {
    Path cut = file("{\"resourceType\":\"Bundle\",\"entry\":[{\"" + Canary.FAMILY);
    Path gone = folder.resolve("Bundle-9.ndjson");

    for (Path file : List.of(cut, gone)) {
      assertThatThrownBy(() -> read(file))
          .isInstanceOf(IntegrityException.class)
          .hasMessageContaining(file.getFileName() + " cannot be read")
          .satisfies(Canary::assertAbsent);
    }
  }

  @Test
  void the_end_and_a_close_end_it() throws Exception {
    Path file = file(bundle(entry("Patient/a"), entry("Patient/b")));
    DeletedResources deleted = new DeletedResources(List.of(file));
    assertThat(deleted.next().id()).isEqualTo("a");

    deleted.close();
    deleted.close();

    assertThat(deleted.hasNext()).isFalse();
    assertThatThrownBy(deleted::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void a_long_bundle_is_read_entry_by_entry() throws Exception {
    Path file = folder.resolve("Bundle-1.ndjson");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("{\"resourceType\":\"Bundle\",\"entry\":[");
      for (int i = 0; i < 100_000; i++) {
        out.write((i == 0 ? "" : ",") + entry("Patient/" + i));
      }
      out.write("]}\n");
    }

    try (Stream<DeletedResource> deleted = new DeletedResources(List.of(file)).stream()) {
      assertThat(deleted.map(DeletedResource::id).collect(Collectors.toSet())).hasSize(100_000);
    }
  }

  @Test
  void an_id_is_not_printed() {
    assertThat(new DeletedResource("Patient", Canary.FAMILY))
        .hasToString("DeletedResource Patient");
  }
}
