package health.ferry.hami.internal.bundling;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.InputDocument;
import health.ferry.hami.internal.input.Input;
import health.ferry.hami.internal.spool.Spool;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM with 64 MB of heap groups far more than it could hold. */
class IndexedGroupsMemoryTest {

  private static final int RESOURCES = 1_000_000;
  private static final int PATIENTS = 20_000;

  @TempDir Path folder;

  @Test
  void million_resources_of_a_bundle_in_the_worst_order_take_64_megabytes() throws Exception {
    Path bundle = folder.resolve("bundle.json");
    write(bundle);

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Grouping.class.getName(),
                folder.toString(),
                bundle.toString())
            .redirectErrorStream(true)
            .start();
    // Ends the reading below when the other JVM hangs.
    CompletableFuture.delayedExecutor(300, TimeUnit.SECONDS).execute(process::destroyForcibly);
    try {
      byte[] output = process.getInputStream().readAllBytes();
      assertThat(new String(output, StandardCharsets.UTF_8))
          .isEqualToIgnoringNewLines("20000 patients, each with 49 others");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** The resources of each patient as far from each other as can be, and the Patients last. */
  private static void write(Path bundle) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(bundle)) {
      out.write("{\"resourceType\":\"Bundle\",\"entry\":[");
      for (int i = 0; i < RESOURCES - PATIENTS; i++) {
        out.write(
            "{\"resource\":{\"resourceType\":\"Observation\",\"id\":\"o%d\",\"subject\":{\"reference\":\"Patient/p%d\"}}},\n"
                .formatted(i, i % PATIENTS));
      }
      for (int i = 0; i < PATIENTS; i++) {
        out.write(i == 0 ? "" : ",");
        out.write("{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p%d\"}}".formatted(i));
      }
      out.write("]}");
    }
  }

  /** Runs in the other JVM. */
  static final class Grouping {
    private Grouping() {}

    public static void main(String[] args) {
      Input input = Input.ofFiles(List.of(Path.of(args[1])), FhirR4.shared());
      Spool spool = new Spool(Path.of(args[0]));
      try (IndexedGroups groups = IndexedGroups.of(input, spool)) {
        int number = 0;
        for (List<InputDocument> group : groups) {
          String id = "p" + number++;
          if (group.size() != 50 || !group.get(49).resource().id().orElseThrow().equals(id)) {
            System.out.println("group " + number + " is not as it should be");
          }
        }
        System.out.println(number + " patients, each with 49 others");
      }
    }
  }
}
