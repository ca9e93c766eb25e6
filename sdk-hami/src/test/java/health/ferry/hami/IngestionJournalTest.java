package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.core.ValidationException;
import health.ferry.core.internal.journal.Journal;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that end early, and the next ones with the same journal. */
class IngestionJournalTest extends HamiServerTest {

  private static final String DOWN = "{}";

  @TempDir Path folder;
  private Path journal;

  @BeforeEach
  void name() {
    journal = folder.resolve("ingest.journal");
  }

  private IngestionReport submit(HamiClient client, List<Resource> resources) {
    try (client) {
      return client.submitAll(resources, options -> options.journal(journal));
    }
  }

  private IngestionReport submit(int patients) {
    return submit(client(), MadeUpResources.ofPatients(patients));
  }

  /** The lines without their checksums. */
  private List<String> lines() throws IOException {
    return lines(Files.readAllBytes(journal));
  }

  private static List<String> lines(byte[] journal) {
    return new String(journal, StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.substring(9))
        .toList();
  }

  private void assertRefused(String rule) {
    assertThatThrownBy(() -> submit(1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("journal: ")
        .hasMessageContaining(rule);
  }

  @Test
  void tells_server_and_group_and_then_each_bundles_beginning_and_outcome() throws IOException {
    answers(json(200, ACCEPTED), json(422, "{\"message\":\"no\"}"), json(401, "{}"));
    submit(3);

    assertThat(lines()).hasSize(6);
    assertThat(lines().get(0))
        .isEqualTo(
            "{\"journal\":\"ferry-hami-ingestion\",\"version\":1,\"server\":\"%s\",\"group\":\"%s\"}"
                .formatted(baseUrl(), GROUP));
    assertThat(lines().get(1)).matches("\\{\"started\":\"[0-9a-f]{64}\",\"bundle\":1}");
    assertThat(lines().get(2))
        .matches(
            "\\{\"accepted\":\"[0-9a-f]{64}\",\"bundle\":1,"
                + "\"transactionId\":\"t3zL38PrPDaFp2fLL4DvtY\",\"resources\":\"[^\"]{44}\"}");
    assertThat(lines().get(3)).startsWith("{\"started\":");
    assertThat(lines().get(4))
        .matches(
            "\\{\"rejected\":\"[0-9a-f]{64}\",\"bundle\":2,\"status\":422,"
                + "\"findings\":\\[],\"message\":\"no\",\"entries\":\\["
                + "\\{\"fullUrl\":\"urn:uuid:[0-9a-f-]{36}\",\"input\":\"resources\\[2]: Patient/p2\"},"
                + "\\{\"fullUrl\":\"urn:uuid:[0-9a-f-]{36}\",\"input\":\"resources\\[3]: Observation/o-p2\"}]}");
    assertThat(lines().get(5)).startsWith("{\"started\":");
    assertThat(Files.readString(journal)).doesNotContain(key.reveal(), Canary.FAMILY);
  }

  @Test
  void what_has_an_outcome_is_never_sent_again() {
    answers(json(200, ACCEPTED), json(422, "{}"), json(401, "{}"), json(200, ACCEPTED));
    submit(4);
    assertThat(requests()).hasSize(3);
    IngestionReport second = submit(4);

    assertThat(requests()).hasSize(5);
    assertThat(bodies().get(3)).isEqualTo(bodies().get(2));
    assertThat(second)
        .hasToString("IngestionReport: 3 accepted, 1 rejected, 0 pending, 6 resources");
    assertThat(second.transactionIds()).hasSize(3);
    assertThat(second.rejections().get(0).bundle()).isEqualTo(2);
    assertThat(second.isComplete()).isFalse();
    assertThatThrownBy(second::orThrow).isInstanceOf(ValidationException.class);

    IngestionReport third = submit(4);
    assertThat(requests()).hasSize(5);
    assertThat(third).hasToString(second.toString());
  }

  @Test
  void a_later_run_tells_the_same_of_a_refusal() {
    answers(
        json(
            422,
            """
            {"message":"no","details":[
              {"resourceType":"Bundle","field":"entry[1].resource.status","issue":"one"},
              {"resourceType":"Patient","field":"birthDate","issue":"two"},
              {"resourceType":"Bundle","field":"type","issue":"three"}]}
            """));
    BundleRejection first = submit(1).rejections().get(0);
    BundleRejection later = submit(1).rejections().get(0);

    assertThat(requests()).hasSize(1);
    assertThat(first.inputs())
        .containsExactly("resources[0]: Patient/p1", "resources[1]: Observation/o-p1");
    assertThat(first.findings())
        .extracting(RejectionFinding::input)
        .containsExactly(
            Optional.of("resources[1]: Observation/o-p1"),
            Optional.of("resources[0]: Patient/p1"),
            Optional.empty());
    assertThat(later).usingRecursiveComparison().isEqualTo(first).isNotSameAs(first);
  }

  @Test
  void a_refusal_of_before_its_entries_were_kept_is_still_read() throws IOException {
    answers(json(422, DOWN));
    submit(1);
    List<String> header = lines().subList(0, 1);
    Files.delete(journal);
    append(header.get(0));
    append(
        "{\"rejected\":\"%s\",\"bundle\":1,\"status\":422,"
                .formatted(
                    TransactionBundles.of(MadeUpResources.ofPatients(1)).iterator().next().hash())
            + "\"findings\":[{\"path\":\"Patient.birthDate\",\"rule\":\"r\"}],\"message\":\"no\"}");
    BundleRejection read = submit(1).rejections().get(0);

    assertThat(requests()).hasSize(1);
    assertThat(read.message()).contains("no");
    assertThat(read.fullUrls()).isEmpty();
    assertThat(read.inputs()).isEmpty();
    assertThat(read.findings().get(0)).hasToString("RejectionFinding at Patient.birthDate");
    assertThat(read.findings().get(0).rule()).isEqualTo("r");
    assertThat(read.findings().get(0).input()).isEmpty();
  }

  @Test
  void the_outcome_is_on_disk_before_the_next_bundle_is_taken() throws IOException {
    answers(json(200, ACCEPTED));
    try (HamiClient client = client()) {
      client.submitAll(
          MadeUpResources.ofPatients(3),
          options ->
              options
                  .journal(journal)
                  .onProgress(
                      progress -> {
                        try {
                          assertThat(lines()).hasSize(1 + 2 * progress.accepted());
                        } catch (IOException disk) {
                          throw new UncheckedIOException(disk);
                        }
                      }));
    }
    assertThat(lines()).hasSize(7);
  }

  @Test
  void a_torn_last_line_is_no_harm() throws IOException {
    answers(json(200, ACCEPTED));
    submit(2);
    byte[] whole = Files.readAllBytes(journal);
    Files.write(journal, Arrays.copyOf(whole, whole.length - 5));

    IngestionReport again = submit(2);

    assertThat(again.accepted()).isEqualTo(2);
    assertThat(requests()).hasSize(3);
    assertThat(bodies().get(2)).isEqualTo(bodies().get(1));
  }

  @Test
  void a_damaged_journal_is_refused() throws IOException {
    answers(json(200, ACCEPTED));
    submit(2);
    String text = Files.readString(journal);
    Files.writeString(journal, text.replaceFirst("\"bundle\":1", "\"bundle\":7"));

    assertRefused("nobody can know what was sent: line 2 of the journal is damaged");
    assertThat(requests()).hasSize(2);
  }

  @Test
  void another_groups_journal_is_refused() {
    answers(json(200, ACCEPTED));
    submit(1);
    HamiClient other = HamiClient.builder(baseUrl(), "other", key).time(time, () -> 0).build();

    assertThatThrownBy(() -> submit(other, MadeUpResources.ofPatients(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("belongs to another group or server");
  }

  @Test
  void another_keys_client_of_the_same_group_goes_on_with_it() {
    answers(json(200, ACCEPTED));
    submit(1);
    HamiClient rotated =
        HamiClient.builder(baseUrl(), GROUP, Secret.of(key.reveal() + "-rotated"))
            .time(time, () -> 0)
            .build();

    assertThat(submit(rotated, MadeUpResources.ofPatients(2)).accepted()).isEqualTo(2);
    assertThat(requests()).hasSize(2);
  }

  @Test
  void a_file_of_something_else_is_refused_and_left_alone() throws IOException {
    Files.writeString(journal, "my notes\nand more\n");
    assertRefused("damaged");
    assertThat(journal).hasContent("my notes\nand more\n");
  }

  @Test
  void a_journal_of_something_else_is_refused() throws IOException {
    append("{\"started\":\"x\"}");
    assertRefused("is the journal of something else");
    Files.delete(journal);
    append("plain words");
    assertRefused("is the journal of something else");
  }

  @Test
  void what_another_version_wrote_is_refused() throws IOException {
    answers(json(200, ACCEPTED));
    submit(1);
    byte[] known = Files.readAllBytes(journal);
    append("{\"postponed\":\"x\"}");
    assertRefused("an entry that this version of Ferry does not know");
    Files.write(journal, known);
    append("{\"accepted\":\"x\",\"resources\":\"AAAA\"}");
    assertRefused("an entry that this version of Ferry does not know");
    Files.delete(journal);
    append(lines(known).get(0).replace("\"version\":1", "\"version\":2"));
    assertRefused("was written by another version of Ferry");
  }

  private void append(String entry) throws IOException {
    try (Journal other = Journal.open(journal, line -> {})) {
      other.append(entry);
    }
  }

  @Test
  void two_runs_at_once_cannot_have_one_journal() {
    answers(json(200, ACCEPTED));
    try (HamiClient client = client()) {
      client.submitAll(
          MadeUpResources.ofPatients(2),
          options ->
              options
                  .journal(journal)
                  .onProgress(progress -> assertRefused("is being written by another ingestion")));
    }
    assertThat(requests()).hasSize(2);
  }

  @Test
  void what_was_under_way_and_is_no_longer_among_the_input_is_said() {
    answers(json(401, DOWN), json(200, ACCEPTED));
    submit(1);
    IngestionReport other = submit(client(), MadeUpResources.ofPatient("another"));

    assertThat(other.abandoned()).isEqualTo(1);
    assertThat(other.accepted()).isEqualTo(1);
    assertThat(other.isComplete()).isTrue();
    assertThat(submit(1).abandoned()).isZero();
  }

  @Test
  void corrected_content_is_sent_and_completes_the_run() {
    answers(json(422, DOWN), json(200, ACCEPTED));
    submit(1);
    List<Resource> corrected = MadeUpResources.ofPatient("p1");
    corrected.get(0).getMeta().setVersionId("2");
    IngestionReport second = submit(client(), corrected);

    assertThat(second.isComplete()).isTrue();
    assertThat(second)
        .hasToString("IngestionReport: 1 accepted, 1 rejected, 0 pending, 2 resources");
  }

  @Test
  void a_journal_that_cannot_be_opened_is_refused() {
    journal = folder.resolve("none/ingest.journal");
    assertThatThrownBy(() -> submit(1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("journal: cannot be opened");
    journal = folder;
    assertThatThrownBy(() -> submit(1)).isInstanceOf(InvalidInputException.class);
  }

  @Test
  void an_input_that_is_refused_leaves_no_journal() throws IOException {
    try (HamiClient client = client()) {
      assertThatThrownBy(() -> client.submitAll(List.of(), options -> options.journal(journal)))
          .isInstanceOf(InvalidInputException.class);
    }
    assertThat(journal).doesNotExist();
  }
}
