package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.IntegrityException;
import java.io.SequenceInputStream;
import java.util.List;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

/** A JVM with 64 MB of heap reads far more than it could hold. */
class ConstantMemoryTest {

  @Test
  void size_of_the_input_does_not_matter_in_64_megabytes() throws Exception {
    ForkedJvm jvm = ForkedJvm.run(List.of("-Xmx64m"), Reading.class);

    assertThat(jvm.output())
        .contains("raw 300000, typed 20000, ahead 20000, after the long line: next");
    assertThat(jvm.exitCode()).isZero();
  }

  /** Runs in the other JVM. */
  static final class Reading {
    private static final String LINE =
        Ndjson.patient("a").replace("}", ",\"name\":[{\"family\":\"" + "x".repeat(950) + "\"}]}\n");

    private Reading() {}

    public static void main(String[] args) {
      // 300 MB and twice 20 MB, then a line of 200 MB where 16 MiB is the limit.
      long raw = NdjsonReader.of("raw", new RepeatedBytes(LINE, 300_000)).raw().stream().count();
      System.out.printf(
          "raw %d, typed %d, ahead %d, after the long line: %s%n",
          raw, typed(1), typed(2), afterLong());
    }

    private static long typed(int threads) {
      long names = 0;
      NdjsonReader reader = NdjsonReader.of("typed", new RepeatedBytes(LINE, 20_000));
      try (var patients = reader.withThreads(threads).read(Patient.class)) {
        while (patients.hasNext()) {
          names += patients.next().getName().size();
        }
      }
      return names;
    }

    private static String afterLong() {
      var lines =
          new SequenceInputStream(
              new RepeatedBytes("x", 200_000_000),
              new RepeatedBytes("\n" + Ndjson.patient("next"), 1));
      try (var resources = NdjsonReader.of("long", lines).raw()) {
        try {
          return resources.next().toString();
        } catch (IntegrityException tooLong) {
          return resources.next().id().orElseThrow();
        }
      }
    }
  }
}
