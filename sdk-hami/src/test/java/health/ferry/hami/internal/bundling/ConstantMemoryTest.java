package health.ferry.hami.internal.bundling;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.hami.internal.document.InputDocument;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A JVM with 64 MB of heap bundles what would take some hundreds. */
class ConstantMemoryTest {

  @Test
  void resources_grouped_by_patient_take_the_memory_of_one_patient() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                Bundling.class.getName())
            .redirectErrorStream(true)
            .start();
    // Ends the reading below when the other JVM hangs.
    CompletableFuture.delayedExecutor(300, TimeUnit.SECONDS).execute(process::destroyForcibly);
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      // 400 patients of 500: the Patient and 99 others, five times, and 4 for whom there was no
      // room.
      assertThat(output).contains("2400 bundles of 200000 resources");
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Runs in the other JVM. */
  static final class Bundling {
    private static final int PATIENTS = 400;
    private static final int EACH = 500;

    private Bundling() {}

    public static void main(String[] args) {
      BundlingTally tally = new BundlingTally();
      Iterator<EncodedBundle> run =
          new BundlingRun(new GroupedStream(Bundling::resources), Bundled.REFUSING, tally);
      long bundles = 0;
      for (; run.hasNext(); bundles++) {
        run.next();
      }
      System.out.printf("%d bundles of %d resources%n", bundles, tally.resources());
    }

    private static Iterator<InputDocument> resources() {
      return IntStream.range(0, PATIENTS * EACH).mapToObj(Bundling::resource).iterator();
    }

    private static InputDocument resource(int number) {
      int patient = number / EACH;
      return Bundled.input(
          number % EACH == 0
              ? "{\"resourceType\":\"Patient\",\"id\":\"p" + patient + "\"}"
              : """
                {"resourceType":"Observation","id":"o%d","status":"final","code":{"coding":[{
                "system":"http://loinc.org","code":"8867-4"}]},"subject":{"reference":"Patient/p%d"},
                "valueQuantity":{"value":%d,"unit":"/min"}}"""
                  .formatted(number, patient, number % 100));
    }
  }
}
