package health.ferry.benchmarks;

import health.ferry.core.Secret;
import health.ferry.hami.HamiClient;
import health.ferry.hami.IngestionReport;
import health.ferry.hami.TransactionBundles;
import health.ferry.testkit.HamiPartner;
import health.ferry.testkit.HamiTransaction;
import health.ferry.testkit.PartnerSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How much of HAMI's allowance is used, in real time: 300 bundles to a sandbox whose windows of a
 * second and of a minute slide.
 */
final class Submissions {

  private static final int BUNDLES = 300;
  private static final int PER_MINUTE = 100;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private Submissions() {}

  static void run(Path folder) throws IOException {
    Path input = Files.write(folder.resolve("visits.ndjson"), visits());
    try (PartnerSandbox sandbox = PartnerSandbox.start()) {
      HamiPartner server = sandbox.hami();
      long began = System.nanoTime();
      submit(server, input);
      double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
      print(server, seconds);
    }
  }

  private static void submit(HamiPartner server, Path input) {
    try (HamiClient client =
        HamiClient.builder(server.baseUrl(), server.groupId(), Secret.of(server.apiKey()))
            .build()) {
      IngestionReport report =
          client.submitAll(TransactionBundles.ofFiles(List.of(input))).orThrow();
      if (report.accepted() != BUNDLES) {
        throw new IllegalStateException(report.accepted() + " bundles");
      }
    }
  }

  private static void print(HamiPartner server, double seconds) {
    List<Long> times = server.transactions().stream().map(HamiTransaction::nanos).toList();
    System.out.printf("%d bundles in %.1f s, %d × 429%n", BUNDLES, seconds, server.throttled());
    System.out.printf(
        "most in any second: %d, in any minute: %d%n",
        server.greatestInASecond(), server.greatestInAMinute());
    List<Integer> minutes = new ArrayList<>();
    for (long from = times.get(0); from + MINUTE < times.get(times.size() - 1); from += MINUTE) {
      minutes.add(between(times, from, from + MINUTE));
    }
    System.out.println("minute by minute from the first on: " + minutes);
    System.out.printf(
        Locale.ROOT,
        "least of the allowance in any minute between the first and the last: %.0f %%%n",
        100.0 * leastInAMinute(times) / PER_MINUTE);
  }

  /** In whole minutes that begin just after one request, where a window is emptiest. */
  private static int leastInAMinute(List<Long> times) {
    long last = times.get(times.size() - 1);
    return times.stream()
        .map(time -> time + 1)
        .filter(from -> from + MINUTE <= last)
        .mapToInt(from -> between(times, from, from + MINUTE))
        .min()
        .orElseThrow();
  }

  private static int between(List<Long> times, long from, long to) {
    return (int) times.stream().filter(time -> time >= from && time < to).count();
  }

  private static List<String> visits() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < BUNDLES; i++) {
      lines.add(
          """
          {"resourceType":"Patient","id":"p%d","identifier":[{"system":"urn:oid:2.999.1",\
          "value":"p%d"}],"gender":"unknown","birthDate":"1980-05-05"}"""
              .formatted(i, i));
      lines.add(
          """
          {"resourceType":"Observation","id":"o%d","status":"final","code":{"coding":[{"system":\
          "http://loinc.org","code":"8867-4"}]},"subject":{"reference":"Patient/p%d"},\
          "effectiveDateTime":"2026-05-23T10:12:00Z","valueQuantity":{"value":64,"unit":"/min",\
          "system":"http://unitsofmeasure.org","code":"/min"}}"""
              .formatted(i, i));
    }
    return lines;
  }
}
