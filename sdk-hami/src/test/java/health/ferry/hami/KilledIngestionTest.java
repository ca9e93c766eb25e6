package health.ferry.hami;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.HamiOptions;
import health.ferry.testkit.HamiPartner;
import health.ferry.testkit.PartnerSandbox;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ingestion whose JVM is killed, again and again, and run again in a new one.
 *
 * <p>{@code -Dferry.kills=N} sets the number of kills, {@code -Dferry.seed=N} where they fall.
 */
class KilledIngestionTest {

  private static final int KILLS = Integer.getInteger("ferry.kills", 5);
  private static final long SEED = Long.getLong("ferry.seed", 2026);
  private static final int MOST_BUNDLES_A_RUN = 6;
  private static final int BUNDLES = KILLS * MOST_BUNDLES_A_RUN + 4;

  private static final Pattern ENTRY =
      Pattern.compile("\"(started|accepted|rejected)\":\"([0-9a-f]{64})\"");

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private final List<String> story = new ArrayList<>();
  private PartnerSandbox sandbox;
  private HamiPartner partner;
  private Path journal;

  @BeforeEach
  void start() {
    // Each JVM counts its own requests alone, so the sandbox must not count over all of them.
    sandbox = PartnerSandbox.builder().hami(HamiOptions.defaults().unlimited()).start();
    partner = sandbox.hami();
    journal = folder.resolve("ingest.journal");
  }

  @AfterEach
  void stop() {
    sandbox.close();
  }

  /** The hashes of a kind of whole lines in the journal. */
  private Set<String> journaled(String kind) throws IOException {
    Set<String> hashes = new HashSet<>();
    if (Files.exists(journal)) {
      String text = Files.readString(journal);
      Matcher entry = ENTRY.matcher(text.substring(0, text.lastIndexOf('\n') + 1));
      while (entry.find()) {
        if (entry.group(1).equals(kind)) {
          hashes.add(entry.group(2));
        }
      }
    }
    return hashes;
  }

  private static String hash(RecordedRequest request) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(request.body()));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** What has been sent since so many requests, by the hash of the bytes. */
  private List<String> sentSince(int before) {
    return partner.requests().stream().skip(before).map(KilledIngestionTest::hash).toList();
  }

  /** Runs a JVM until it is killed, or to its end, and holds what it sent against the journal. */
  private int run(boolean toTheEnd) throws Exception {
    Set<String> done = journaled("accepted");
    Set<String> underWay = journaled("started");
    underWay.removeAll(done);
    int before = partner.requests().size();
    try (IngestionProcess jvm = IngestionProcess.start(partner, journal, BUNDLES)) {
      if (toTheEnd) {
        assertThat(jvm.awaitSuccess())
            .as("seed %d, %s", SEED, story)
            .contains(
                "%d accepted, 0 rejected, 0 pending, %d resources".formatted(BUNDLES, 2 * BUNDLES));
      } else {
        int more = 1 + random.nextInt(MOST_BUNDLES_A_RUN);
        long nanos = random.nextInt(30_000_000);
        story.add("killed %d ns after the request %d".formatted(nanos, more));
        jvm.awaitUntil(more + " more requests", () -> partner.requests().size() >= before + more);
        LockSupport.parkNanos(nanos);
        jvm.kill();
      }
    }
    List<String> sent = sentSince(before);
    assertThat(sent).as("seed %d, %s", SEED, story).noneMatch(done::contains);
    assertThat(sent).as("seed %d, %s", SEED, story).containsAll(underWay);
    assertThat(journaled("started")).as("seed %d, %s", SEED, story).containsAll(sent);
    return underWay.size();
  }

  @Test
  void killed_at_any_moment_it_sends_nothing_again_that_has_an_outcome() throws Exception {
    int underWay = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      underWay += run(false);
    }
    underWay += run(true);

    assertThat(journaled("accepted")).hasSize(BUNDLES);
    assertThat(partner.stored()).hasSize(2 * BUNDLES);
    // Only what was under way at a kill can have come twice.
    assertThat(partner.requests().size()).isBetween(BUNDLES, BUNDLES + underWay);
  }

  @Test
  void killed_while_the_answer_is_under_way_it_sends_the_same_bytes_again() throws Exception {
    partner.script(ControlAnswer.asUsual(), ControlAnswer.asUsual().delay(Duration.ofSeconds(30)));
    try (IngestionProcess jvm = IngestionProcess.start(partner, journal, 3)) {
      jvm.awaitUntil("the second bundle is under way", () -> partner.requests().size() == 2);
      jvm.kill();
    }
    try (IngestionProcess jvm = IngestionProcess.start(partner, journal, 3)) {
      assertThat(jvm.awaitSuccess()).contains("3 accepted, 0 rejected, 0 pending, 6 resources");
    }

    List<String> bodies =
        partner.requests().stream().map(one -> new String(one.body(), UTF_8)).toList();
    assertThat(bodies).hasSize(4);
    assertThat(bodies.get(2)).isEqualTo(bodies.get(1));
    assertThat(bodies.get(3)).isNotIn(bodies.subList(0, 3));
    assertThat(partner.stored()).hasSize(6);
  }
}
