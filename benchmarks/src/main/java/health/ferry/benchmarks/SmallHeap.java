package health.ferry.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An export of 2 GB in a JVM that has 64 MB of heap. */
final class SmallHeap {

  private static final int FILES = 4;
  private static final int THOUSAND_LINES = 1_060;

  private SmallHeap() {}

  static void run(int rounds, Path folder) throws IOException, InterruptedException {
    for (String encoding : List.of("identity", "gzip")) {
      try (ServerProcess server = ServerProcess.start(FILES, THOUSAND_LINES, encoding)) {
        System.out.printf("%s: %d files, %,d bytes%n", encoding, FILES, server.bytes());
        new Race(folder, server.bytes())
            .with("-Xmx64m", into -> export(server, into, "-Xmx64m"))
            .with("-Xmx1g", into -> export(server, into, "-Xmx1g"))
            .run(0, rounds);
      }
    }
  }

  private static double export(ServerProcess server, Path into, String heap)
      throws IOException, InterruptedException {
    return OtherProcess.seconds(
        OtherProcess.java(
            List.of(heap),
            Export.class,
            Export.arguments(server.baseUrl(), into, FILES, Devices.TYPE)));
  }
}
