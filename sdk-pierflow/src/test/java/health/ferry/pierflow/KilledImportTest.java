package health.ferry.pierflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.PierflowPartner;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An import whose JVM is killed, again and again, and run again in a new one. Its handler writes
 * down by itself whom it was given, so that the journal's word can be held against that.
 *
 * <p>{@code -Dferry.kills=N} sets the number of kills, {@code -Dferry.seed=N} where they fall.
 */
class KilledImportTest {

  private static final int KILLS = Integer.getInteger("ferry.kills", 5);
  private static final long SEED = Long.getLong("ferry.seed", 2026);
  private static final int MOST_PATIENTS_A_RUN = 10;
  private static final int LONGEST_WAIT_NANOS = 15_000_000;
  private static final int PATIENTS_A_PACKAGE = 7;

  /** More than can be handled until the last kill, the longest waits included. */
  private static final int PATIENTS = KILLS * 40 + 20;

  private static final int PACKAGES = (PATIENTS + PATIENTS_A_PACKAGE - 1) / PATIENTS_A_PACKAGE;

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final List<String> story = new ArrayList<>();
  private PartnerSandbox sandbox;
  private PierflowPartner partner;
  private Path directory;
  private Path handled;

  @BeforeEach
  void start() {
    sandbox =
        PartnerSandbox.builder()
            .patients(PATIENTS)
            .pierflow(
                PierflowOptions.defaults()
                    .buildAtStart(false)
                    .patientsPerPackage(PATIENTS_A_PACKAGE))
            .start();
    partner = sandbox.pierflow();
    directory = folder.resolve("import");
    handled = folder.resolve("handled");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  /** What the whole lines of all journals say. */
  private static final class Journaled {
    final Set<String> handed = new HashSet<>();
    final Set<String> outcomes = new HashSet<>();
    final Map<String, String> bodies = new HashMap<>();
    final Set<String> acknowledged = new HashSet<>();

    Set<String> inFlight() {
      Set<String> left = new HashSet<>(handed);
      left.removeAll(outcomes);
      return left;
    }
  }

  private Journaled journaled() throws IOException {
    Journaled journaled = new Journaled();
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.list(directory)) {
        files
            .filter(file -> file.toString().endsWith(".journal"))
            .forEach(file -> read(file, journaled));
      }
    }
    return journaled;
  }

  private static void read(Path file, Journaled journaled) {
    String id = file.getFileName().toString().replace(".journal", "");
    for (String line : wholeLines(file)) {
      JsonNode entry = tree(line.substring(9));
      add(entry, "handing", journaled.handed);
      add(entry, "outcome", journaled.outcomes);
      if (entry.has("acknowledging")) {
        journaled.bodies.put(id, entry.path("acknowledging").asText());
      }
      if (entry.has("acknowledged")) {
        journaled.acknowledged.add(id);
      }
    }
  }

  private static void add(JsonNode entry, String kind, Set<String> patients) {
    if (entry.has(kind)) {
      assertThat(patients.add(entry.path(kind).asText()) || kind.equals("handing"))
          .as("a second outcome")
          .isTrue();
    }
  }

  private static JsonNode tree(String json) {
    try {
      return JsonTree.read(json.getBytes(UTF_8));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static List<String> wholeLines(Path file) {
    try {
      String text = Files.exists(file) ? Files.readString(file) : "";
      return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String packageOf(RecordedRequest acknowledgement) {
    return acknowledgement.target().split("/", -1)[3];
  }

  private List<RecordedRequest> acknowledgements() {
    return partner.requests().stream()
        .filter(request -> request.target().endsWith("/acknowledge"))
        .toList();
  }

  /** Runs a JVM until it is killed, or to its end, and holds what it did against the journal. */
  private void run(boolean toTheEnd) throws Exception {
    Journaled before = journaled();
    int handledBefore = wholeLines(handled).size();
    int sentBefore = acknowledgements().size();
    try (ImportProcess jvm = ImportProcess.start(partner, directory, handled)) {
      if (toTheEnd) {
        assertThat(jvm.awaitSuccess())
            .as("seed %d, %s", SEED, story)
            .contains("ImportReport: %1$d of %1$d packages acknowledged".formatted(PACKAGES));
      } else {
        int more = 1 + random.nextInt(MOST_PATIENTS_A_RUN);
        long nanos = random.nextInt(LONGEST_WAIT_NANOS);
        story.add("killed %d ns after the patient %d".formatted(nanos, more));
        jvm.awaitUntil(
            more + " more patients", () -> wholeLines(handled).size() >= handledBefore + more);
        LockSupport.parkNanos(nanos);
        jvm.kill();
      }
    }
    List<String> lines = wholeLines(handled);
    holdHandedAgainst(
        before, lines.subList(0, handledBefore), lines.subList(handledBefore, lines.size()));
    List<RecordedRequest> sent = acknowledgements();
    holdSentAgainst(before, sent.subList(sentBefore, sent.size()));
  }

  private void holdHandedAgainst(Journaled before, List<String> earlier, List<String> now) {
    List<String> patients = now.stream().map(line -> line.replace(" again", "")).toList();
    assertThat(patients).as("seed %d, %s", SEED, story).doesNotHaveDuplicates();
    assertThat(patients).as("seed %d, %s", SEED, story).noneMatch(before.outcomes::contains);
    assertThat(before.inFlight()).as("seed %d, %s", SEED, story).hasSizeLessThanOrEqualTo(1);
    assertThat(
            now.stream().filter(line -> line.endsWith(" again")).map(line -> line.split(" ", 2)[0]))
        .as("seed %d, %s", SEED, story)
        .containsExactlyInAnyOrderElementsOf(before.inFlight());
    // The handler's own word: whoever comes a second time is marked.
    Set<String> known = new HashSet<>();
    earlier.forEach(line -> known.add(line.split(" ", 2)[0]));
    assertThat(now)
        .as("seed %d, %s", SEED, story)
        .allMatch(line -> line.endsWith(" again") || !known.contains(line));
  }

  private void holdSentAgainst(Journaled before, List<RecordedRequest> sent) throws IOException {
    Journaled now = journaled();
    for (RecordedRequest request : sent) {
      String id = packageOf(request);
      String body = new String(request.body(), UTF_8);
      assertThat(before.acknowledged).as("seed %d, %s", SEED, story).doesNotContain(id);
      assertThat(body)
          .as("seed %d, %s", SEED, story)
          .isEqualTo(before.bodies.getOrDefault(id, body))
          .isEqualTo(now.bodies.get(id));
    }
  }

  @Test
  void killed_at_any_moment_it_hands_out_nobody_again_who_has_an_outcome() throws Exception {
    partner.buildNow();
    for (int kill = 0; kill < KILLS; kill++) {
      run(false);
    }
    run(true);

    Journaled end = journaled();
    assertThat(end.outcomes).hasSize(PATIENTS).isEqualTo(end.handed);
    assertThat(end.acknowledged).hasSize(PACKAGES);
    // At most the one in flight came twice at each kill.
    assertThat(wholeLines(handled).size()).isBetween(PATIENTS, PATIENTS + KILLS);
    assertThat(acknowledgements().size()).isBetween(PACKAGES, PACKAGES + KILLS);
    int imported = 0;
    Set<String> failed = new HashSet<>();
    for (String body : end.bodies.values()) {
      imported += tree(body).path("imported_patient_count").asInt();
      tree(body).path("failed_patient_ids").forEach(id -> failed.add(id.asText()));
    }
    assertThat(failed)
        .isNotEmpty()
        .isEqualTo(new HashSet<>(end.outcomes.stream().filter(ImportProcess::fails).toList()));
    assertThat(imported + failed.size()).isEqualTo(PATIENTS);
  }

  @Test
  void killed_while_the_answer_is_under_way_it_sends_the_same_body_again_and_hands_out_nobody()
      throws Exception {
    partner.buildPackage(
        PackageContent.ids(PATIENTS_A_PACKAGE).stream().map(PackageContent::bundle).toList());
    partner.script(
        PierflowOperation.ACKNOWLEDGE, ControlAnswer.asUsual().delay(Duration.ofSeconds(30)));
    try (ImportProcess jvm = ImportProcess.start(partner, directory, handled)) {
      jvm.awaitUntil("the acknowledgement is under way", () -> !acknowledgements().isEmpty());
      jvm.kill();
    }
    assertThat(journaled().acknowledged).isEmpty();
    try (ImportProcess jvm = ImportProcess.start(partner, directory, handled)) {
      assertThat(jvm.awaitSuccess()).contains("1 of 1 packages acknowledged");
    }

    assertThat(wholeLines(handled)).hasSize(PATIENTS_A_PACKAGE);
    List<RecordedRequest> sent = acknowledgements();
    assertThat(sent).hasSize(2);
    assertThat(sent.get(1).body()).isEqualTo(sent.get(0).body());
    assertThat(sent.get(1).header("Idempotency-Key"))
        .isEqualTo(sent.get(0).header("Idempotency-Key"));
  }
}
