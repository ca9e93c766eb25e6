package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.testkit.Body;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.ExtraFile;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.RecordedRequest;
import health.ferry.testkit.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An export whose JVM is killed, again and again, and run again in a new one.
 *
 * <p>{@code -Dferry.kills=N} sets the number of kills in mid-download, {@code -Dferry.seed=N} where
 * they fall.
 */
class KilledExportTest extends SandboxTest {

  private static final int KILLS = Integer.getInteger("ferry.kills", 5);
  private static final long SEED = Long.getLong("ferry.seed", 2026);
  private static final int LARGE = 6_000;
  private static final int SMALL = 300;
  private static final Duration A_WHILE = Duration.ofSeconds(60);

  private final Random random = new Random(SEED);

  /** Lines that gzip makes only half as long. */
  private byte[] observations(int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < number; i++) {
      text.append("{\"resourceType\":\"Observation\",\"id\":\"")
          .append(i)
          .append("\",\"valueString\":\"");
      for (int word = 0; word < 15; word++) {
        text.append(Long.toHexString(random.nextLong()));
      }
      text.append("\"}\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** A small file and two large ones, and nothing else. */
  private List<byte[]> serve(FileOptions files) {
    List<byte[]> bodies = List.of(observations(SMALL), observations(LARGE), observations(LARGE));
    options(o -> o.files(files));
    for (int i = 0; i < bodies.size(); i++) {
      long count = i == 0 ? SMALL : LARGE;
      Body body = Body.of(bodies.get(i));
      options(
          o -> o.extraFile(new ExtraFile(ExtraFile.Section.OUTPUT, "Observation", body, count)));
    }
    return bodies;
  }

  private ForkedJvm start() throws IOException {
    return ForkedJvm.start(
        List.of(),
        ExportMain.class,
        partner.baseUrl(),
        partner.staticToken(),
        out().toString(),
        "Device");
  }

  private void assertWhole(List<byte[]> bodies) throws IOException {
    assertThat(finished(out())).hasSize(bodies.size());
    for (int i = 0; i < bodies.size(); i++) {
      assertThat(Files.readAllBytes(out().resolve(name(i)))).isEqualTo(bodies.get(i));
    }
  }

  private static String name(int index) {
    return "Observation-" + (index + 1) + ".ndjson";
  }

  private String path(int index) {
    return partner.lastJob().filePaths().get(index);
  }

  /** How many bytes of a file its ledger vouches for; 0 without a ledger. */
  private long saved(int index) {
    try {
      JsonNode ledger =
          JsonTree.read(Files.readAllBytes(out().resolve(name(index) + ".part.json")));
      return ledger.path("bytes").asLong();
    } catch (NoSuchFileException none) {
      return 0;
    } catch (IOException disk) {
      throw new UncheckedIOException(disk);
    }
  }

  private long sentSoFar() {
    return partner.files().requests().stream().mapToLong(RecordedRequest::bytesSent).sum();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void killed_in_mid_download_at_any_byte_it_ends_with_the_same_bytes(boolean gzip)
      throws Exception {
    List<byte[]> bodies = serve(FileOptions.defaults().gzip(gzip));
    long large = bodies.get(1).length + (long) bodies.get(2).length;
    long wire = gzip ? large / 2 : large;
    // Slow enough that every kill finds bytes under way, some before and some after a save.
    options(o -> o.files(o.files().bytesPerSecond(Math.max(20_000, wire * 10 / 8 / (KILLS + 1)))));
    List<String> story = new ArrayList<>();
    Map<String, Integer> ranges = new TreeMap<>();
    for (int kill = 1; kill <= KILLS; kill++) {
      List<String> finished = Files.exists(out()) ? finished(out()) : List.of();
      int before = partner.files().requests().size();
      List<Long> saved = List.of(saved(0), saved(1), saved(2));
      long more = 1 + (long) (random.nextDouble() * wire / (KILLS + 1));
      story.add("kill " + kill + " after " + more + " more bytes");
      try (ForkedJvm jvm = start()) {
        if (kill == 1) {
          jvm.awaitUntil("a ledger is saved", () -> saved(1) > 0);
        } else {
          partner.files().awaitBytes(sentSoFar() + more, A_WHILE);
        }
        jvm.kill();
      }
      assertContinued(before, finished, saved, ranges, story);
    }
    int before = partner.files().requests().size();
    List<String> finished = finished(out());
    List<Long> saved = List.of(saved(0), saved(1), saved(2));
    try (ForkedJvm jvm = start()) {
      assertThat(jvm.awaitSuccess()).as("seed %d, %s", SEED, story).contains("complete 3 false");
    }
    assertContinued(before, finished, saved, ranges, story);
    assertWhole(bodies);
    assertThat(ranges).as("seed %d, %s", SEED, story).isNotEmpty();
    assertThat(partner.kickOffs()).isEqualTo(1);
    assertThat(partner.deletes()).isEqualTo(1);
  }

  /** What was finished is not fetched again, and what was saved is continued from there. */
  private void assertContinued(
      int before,
      List<String> finished,
      List<Long> saved,
      Map<String, Integer> ranges,
      List<String> story) {
    List<RecordedRequest> all = partner.files().requests();
    for (int i = 0; i < saved.size(); i++) {
      String path = path(i);
      List<RecordedRequest> sent =
          all.subList(before, all.size()).stream().filter(r -> r.path().equals(path)).toList();
      if (finished.contains(name(i))) {
        assertThat(sent).as("%s, seed %d, %s", name(i), SEED, story).isEmpty();
      } else if (!sent.isEmpty() && saved.get(i) > 0) {
        assertThat(sent.get(0).header("Range"))
            .as("%s, seed %d, %s", name(i), SEED, story)
            .contains("bytes=" + saved.get(i) + "-");
        ranges.merge(name(i), 1, Integer::sum);
      }
    }
  }

  @Test
  void killed_in_mid_download_from_a_server_without_ranges_it_starts_the_file_again()
      throws Exception {
    List<byte[]> bodies =
        serve(FileOptions.defaults().ranges(false).noEtag().bytesPerSecond(900_000));
    try (ForkedJvm jvm = start()) {
      jvm.awaitUntil("a ledger is saved", () -> saved(1) > 0);
      jvm.kill();
    }

    try (ForkedJvm jvm = start()) {
      assertThat(jvm.awaitSuccess()).contains("complete 3 false");
    }
    assertWhole(bodies);
    assertThat(partner.files().requests(path(0))).hasSize(1);
    assertThat(partner.files().requests(path(1))).hasSize(2);
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void killed_while_the_job_runs_it_waits_for_the_same_job() throws Exception {
    List<byte[]> bodies = serve(FileOptions.defaults());
    options(o -> o.retryAfter(Duration.ofSeconds(100)));
    try (ForkedJvm jvm = start()) {
      jvm.awaitUntil("it has looked at the job", () -> partner.polls() == 1);
      jvm.kill();
    }

    try (ForkedJvm jvm = start()) {
      assertThat(jvm.awaitSuccess()).contains("complete 3 false");
    }
    assertWhole(bodies);
    assertThat(partner.kickOffs()).isEqualTo(1);
    assertThat(partner.polls()).isEqualTo(2);
  }

  // Nobody can know whether a kick-off without an answer has started a job.
  @Test
  void killed_while_the_kick_off_is_under_way_it_starts_once_more() throws Exception {
    List<byte[]> bodies = serve(FileOptions.defaults());
    partner.script(Step.KICK_OFF, ControlAnswer.asUsual().delay(Duration.ofSeconds(5)));
    try (ForkedJvm jvm = start()) {
      jvm.awaitUntil("the kick-off is under way", () -> partner.kickOffs() == 1);
      jvm.kill();
    }

    try (ForkedJvm jvm = start()) {
      assertThat(jvm.awaitSuccess()).contains("complete 3 false");
    }
    assertWhole(bodies);
    assertThat(partner.kickOffs()).isEqualTo(2);
  }

  @Test
  void killed_between_the_last_byte_and_the_delete_it_only_deletes() throws Exception {
    List<byte[]> bodies = serve(FileOptions.defaults());
    partner.script(Step.DELETE, ControlAnswer.status(503).delay(Duration.ofSeconds(5)));
    try (ForkedJvm jvm = start()) {
      jvm.awaitUntil("the DELETE is under way", () -> partner.deletes() == 1);
      jvm.kill();
    }
    assertWhole(bodies);
    assertThat(partner.lastJob().isDeleted()).isFalse();
    int files = partner.files().requests().size();
    int polls = partner.polls();

    try (ForkedJvm jvm = start()) {
      assertThat(jvm.awaitSuccess()).contains("complete 3 true");
    }
    assertWhole(bodies);
    assertThat(partner.lastJob().isDeleted()).isTrue();
    assertThat(partner.files().requests()).hasSize(files);
    assertThat(partner.polls()).isEqualTo(polls);
    assertThat(partner.kickOffs()).isEqualTo(1);
  }
}
