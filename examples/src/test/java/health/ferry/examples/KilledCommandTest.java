package health.ferry.examples;

import health.ferry.examples.faults.KillPoint;
import health.ferry.examples.faults.KilledTrial;
import health.ferry.examples.faults.RawBulkServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The command, killed as by {@code kill -9}, and run again.
 *
 * <p>{@code -Dferry.kills=N} sets how often one export is killed again and again, {@code
 * -Dferry.seed=N} where.
 */
class KilledCommandTest {

  private static final int KILLS = Integer.getInteger("ferry.kills", 5);
  private static final long SEED = Long.getLong("ferry.seed", 2026);

  /** A JVM that lives for a second has no use for more than this. */
  private static final Map<String, String> LIGHT =
      Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

  @TempDir static Path keys;
  private static Path key = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void makeKey() throws Exception {
    key = SigningKeys.pem(SigningKeys.rsa(), keys);
  }

  @ParameterizedTest
  @EnumSource
  void killed_and_run_again_it_ends_with_every_byte_by_the_same_job(KillPoint point)
      throws Exception {
    try (KilledTrial trial = new KilledTrial(folder.resolve("out"), this::start)) {
      trial.killedAt(point);
    }
  }

  @Test
  void killed_again_and_again_it_ends_with_every_byte() throws Exception {
    try (KilledTrial trial = new KilledTrial(folder.resolve("out"), this::start)) {
      trial.killedAgainAndAgain(KILLS, SEED);
    }
  }

  private Process start(RawBulkServer server, Path directory) throws Exception {
    return FerryRun.start(
        folder,
        LIGHT,
        "bulk-export",
        "--json",
        "--system",
        "--base-url",
        server.base(),
        "--client-id",
        "ferry",
        "--private-key",
        key.toString(),
        "--out",
        directory.toString());
  }
}
