package health.ferry.hami.internal.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed leaves no patient data behind. */
@DisabledOnOs(OS.WINDOWS)
class KilledSpoolTest {

  @TempDir Path folder;

  @Test
  void killed_process_leaves_nothing_and_the_next_one_begins_anew() throws Exception {
    for (int run = 0; run < 2; run++) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  Spooling.class.getName(),
                  folder.toString())
              .redirectErrorStream(true)
              .start();
      try (BufferedReader output = process.inputReader()) {
        assertThat(output.readLine()).isEqualTo("spooled");
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(folder).isEmptyDirectory();
    }
  }

  /** Runs in the other JVM, until it is killed. */
  static final class Spooling {
    private Spooling() {}

    public static void main(String[] args) throws IOException {
      try (Spool spool = new Spool(Path.of(args[0]))) {
        SpoolBytes bytes = new SpoolBytes(spool);
        List<byte[]> texts = List.of(new byte[2_000_000], new byte[1_000_000], new byte[100_000]);
        texts.forEach(bytes::append);
        System.out.println("spooled");
        System.in.read();
      }
    }
  }
}
