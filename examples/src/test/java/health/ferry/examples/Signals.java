package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a shell sends to a process that shall end. */
final class Signals {

  private static final int SIGINT = 2;

  private Signals() {}

  static void send(String signal, Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + signal, pid).start().waitFor()).isZero();
  }

  /** A process that a shell runs in the background passes on that it ignores Ctrl-C. */
  static void assumeHeard(String signal) throws IOException {
    assumeThat(signal.equals("TERM") || !isInterruptIgnored())
        .as("a process that a shell runs in the background passes on that it ignores Ctrl-C")
        .isTrue();
  }

  private static boolean isInterruptIgnored() throws IOException {
    String ignored =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .findFirst()
            .orElseThrow();
    long mask = Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).strip(), 16);
    return (mask & (1 << (SIGINT - 1))) != 0;
  }
}
