package health.ferry.benchmarks;

import health.ferry.benchmarks.Race.Times;
import health.ferry.bulkfhir.BulkFhirClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A bulk export of 200 files, 490 MB, gzip on the wire, five at a time, from kick-off to DELETE:
 * Ferry beside another Java client and beside curl. Each turn's files must be those of the server,
 * byte for byte.
 */
final class Exports {

  private static final int FILES = 200;
  private static final int PARALLEL = 5;
  private static final int WARM_UPS = 12;

  private static final String CURL = "curl -Z --parallel-max 5, one process";
  private static final String FERRY = "Ferry, a new JVM, whole process";
  private static final String PEER = "bulk-export 1.0.4, a new JVM, whole process";
  private static final String WARM_FERRY = "Ferry, warm JVM";
  private static final String WARM_PEER = "bulk-export 1.0.4, warm JVM";

  /** The least that makes the peer look again at once; the downloads' own second stays. */
  private static final Duration SHORTEST_POLL = Duration.ofMillis(10);

  private Exports() {}

  static void run(int rounds, Path folder) throws IOException, InterruptedException {
    run(0, "the job is done at the first poll", rounds, folder);
    run(1, "the first poll finds the job running, without a Retry-After", rounds, folder);
  }

  private static void run(int polls, String job, int rounds, Path folder)
      throws IOException, InterruptedException {
    Path served = Files.createDirectory(folder.resolve("served"));
    List<String> arguments =
        List.of(served.toString(), Integer.toString(FILES), Integer.toString(polls));
    try (ServerProcess server = ServerProcess.start(ExportServer.class, arguments);
        BulkFhirClient client = BulkFhirClient.builder(server.baseUrl()).build()) {
      System.out.printf(
          "%n%d files, %,d bytes, gzip, %d at a time; %s%n", FILES, server.bytes(), PARALLEL, job);
      warmUp(server, client, folder);
      compare(race(server, client, folder, Folders.checksums(served)).run(1, rounds));
    }
    Folders.delete(served);
  }

  /** Both Java clients as often as it takes a JVM to compile them. */
  private static void warmUp(ServerProcess server, BulkFhirClient client, Path folder)
      throws IOException {
    for (int i = 0; i < WARM_UPS; i++) {
      Path into = Files.createDirectory(folder.resolve("warm-up"));
      warmFerry(client, into);
      Folders.delete(into);
      Files.createDirectory(into);
      warmPeer(server, into);
      Folders.delete(into);
    }
  }

  private static Race race(
      ServerProcess server, BulkFhirClient client, Path folder, List<Long> checksums) {
    return new Race(folder, into -> requireSame(checksums, into))
        .with(CURL, into -> curl(server, into, CurlExport.Way.ONE))
        .with("curl, 5 processes", into -> curl(server, into, CurlExport.Way.EACH))
        .with("curl, 5 processes, and sync", into -> curl(server, into, CurlExport.Way.SYNCED))
        .with(FERRY, into -> ferry(server, into))
        .with(PEER, into -> peer(server, into, PeerExport.DEFAULT_POLL))
        .with(
            "bulk-export 1.0.4, a new JVM, polls each 10 ms",
            into -> peer(server, into, SHORTEST_POLL))
        .with(WARM_FERRY, into -> warmFerry(client, into))
        .with(WARM_PEER, into -> warmPeer(server, into));
  }

  private static void requireSame(List<Long> checksums, Path into) throws IOException {
    if (!Folders.checksums(into).equals(checksums)) {
      throw new IllegalStateException("the files are not those of the server");
    }
  }

  private static double curl(ServerProcess server, Path into, CurlExport.Way way)
      throws IOException, InterruptedException {
    return OtherProcess.seconds(CurlExport.into(into, server.baseUrl(), PARALLEL, way));
  }

  private static double ferry(ServerProcess server, Path into)
      throws IOException, InterruptedException {
    return OtherProcess.seconds(
        OtherProcess.java(
            List.of(), Export.class, Export.arguments(server.baseUrl(), into, PARALLEL)));
  }

  private static double peer(ServerProcess server, Path into, Duration poll)
      throws IOException, InterruptedException {
    return OtherProcess.seconds(
        OtherProcess.java(
            List.of(),
            PeerExport.class,
            List.of(
                server.baseUrl(),
                into.resolve("export").toString(),
                Integer.toString(PARALLEL),
                poll.toString())));
  }

  private static double warmFerry(BulkFhirClient client, Path into) {
    long start = System.nanoTime();
    Export.into(into, client, PARALLEL, List.of());
    return OtherProcess.since(start);
  }

  private static double warmPeer(ServerProcess server, Path into) {
    long start = System.nanoTime();
    PeerExport.into(into.resolve("export"), server.baseUrl(), PARALLEL, PeerExport.DEFAULT_POLL);
    return OtherProcess.since(start);
  }

  /**
   * The targets: a nightly export is a process of its own, so the new JVMs are what counts; the
   * warm ones show what the client itself takes in an application that runs already.
   */
  private static void compare(Map<String, Times> times) {
    compare("peer : Ferry, whole processes (target: 2 or more)", times, PEER, FERRY);
    compare("Ferry : curl, whole processes (target: 1.5 or less)", times, FERRY, CURL);
    compare("peer : Ferry, warm (target: 2 or more)", times, WARM_PEER, WARM_FERRY);
    compare("Ferry, warm : curl (target: 1.5 or less)", times, WARM_FERRY, CURL);
  }

  private static void compare(String what, Map<String, Times> times, String one, String other) {
    Times above = times.get(one);
    Times below = times.get(other);
    if (above == null || below == null) {
      throw new IllegalArgumentException(what);
    }
    System.out.printf(
        "%-70s %6.2fx %6.2fx%n",
        what, above.best() / below.best(), above.median() / below.median());
  }
}
