package health.ferry.benchmarks;

import health.ferry.bulkfhir.BulkFhirClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Ten files, 228 MB in all, four at a time, from another process on this machine to disk: curl
 * beside Ferry. Ferry checks each file, forces it to disk and renames it; curl does none of that,
 * so it also runs with {@code sync FILE} after each file.
 */
final class Downloads {

  private static final int FILES = 10;
  private static final int THOUSAND_LINES = 46;
  private static final int PARALLEL = 4;

  /** A JVM has compiled the copy loop after about 1 GB. */
  private static final int WARM_UPS = 5;

  private Downloads() {}

  static void run(int rounds, Path folder) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(FILES, THOUSAND_LINES, "identity");
        BulkFhirClient client = BulkFhirClient.builder(server.baseUrl()).build()) {
      System.out.printf("%d files, %,d bytes, 4 at a time%n", FILES, server.bytes());
      new Race(folder, server.bytes())
          .with("curl -Z --parallel-max 4", into -> OtherProcess.seconds(curl(server, into)))
          .with("curl, 4 processes", into -> OtherProcess.seconds(curls(server, into, "")))
          .with(
              "curl, 4 processes, sync after each file",
              into -> OtherProcess.seconds(curls(server, into, " && sync \"$1\"")))
          .with(
              "Ferry export",
              into -> {
                long start = System.nanoTime();
                Export.into(into, client, PARALLEL, List.of(Devices.TYPE));
                return OtherProcess.since(start);
              })
          .with(
              "Ferry export, a new JVM each time, whole process",
              into ->
                  OtherProcess.seconds(
                      OtherProcess.java(
                          List.of(),
                          Export.class,
                          Export.arguments(server.baseUrl(), into, PARALLEL, Devices.TYPE))))
          .run(WARM_UPS, rounds);
    }
  }

  private static List<String> curl(ServerProcess server, Path into) {
    List<String> command =
        new ArrayList<>(List.of("curl", "--no-progress-meter", "-f", "-Z", "--parallel-max", "4"));
    for (int i = 0; i < FILES; i++) {
      command.addAll(List.of("-o", into.resolve(i + ".ndjson").toString(), server.plainUrl(i)));
    }
    return command;
  }

  private static List<String> curls(ServerProcess server, Path into, String after) {
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < FILES; i++) {
      pairs.append(into.resolve(i + ".ndjson")).append(' ').append(server.plainUrl(i)).append(' ');
    }
    String one = "curl -s -f -o \"$1\" \"$2\"" + after;
    return List.of(
        "sh",
        "-c",
        "echo \"$1\" | xargs -n 2 -P 4 sh -c '" + one + "' one",
        "all",
        pairs.toString());
  }
}
