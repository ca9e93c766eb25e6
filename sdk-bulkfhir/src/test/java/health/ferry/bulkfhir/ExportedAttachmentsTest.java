package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.Body;
import health.ferry.testkit.ExtraFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Attachments of an export: fetched when asked for, and part of what makes it complete. */
class ExportedAttachmentsTest extends SandboxTest {

  private void listADocument() {
    String document =
        "{\"resourceType\":\"DocumentReference\",\"id\":\"d1\",\"content\":[{\"attachment\":{"
            + "\"contentType\":\"text/plain\",\"url\":\""
            + partner.files().url("/notes/1")
            + "\"}}]}\n";
    options(
        o ->
            o.extraFile(
                new ExtraFile(
                    ExtraFile.Section.OUTPUT, "DocumentReference", Body.of(document), 1)));
  }

  private List<Path> attachments() throws Exception {
    try (Stream<Path> files = Files.list(out().resolve("attachments"))) {
      return files.filter(file -> !file.endsWith("index.jsonl")).toList();
    }
  }

  @Test
  void nobody_asks_for_them_and_none_are_fetched() {
    listADocument();

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

    assertThat(out().resolve("attachments")).doesNotExist();
    assertThat(partner.files().requests("/notes/1")).isEmpty();
  }

  @Test
  void one_that_is_missing_keeps_the_job_and_the_next_run_brings_it() throws Exception {
    listADocument();

    ExportResult first = client().export(EVERYTHING, out(), ExportOptions::attachments);

    assertThat(first.failures())
        .singleElement()
        .satisfies(failed -> assertThat(failed.file()).startsWith("attachments/"));
    assertThat(partner.deletes()).isZero();

    partner.files().serve("/notes/1", Body.of("a note"));
    ExportResult second = client().export(EVERYTHING, out(), ExportOptions::attachments);

    assertThat(second.isComplete()).isTrue();
    assertThat(attachments()).singleElement().satisfies(f -> assertThat(f).hasContent("a note"));
    assertThat(partner.deletes()).isEqualTo(1);
    assertThat(partner.kickOffs()).isEqualTo(1);
  }
}
