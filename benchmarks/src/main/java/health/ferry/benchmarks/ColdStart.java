package health.ferry.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A first download in a new JVM, from the start of {@code main} to the file on disk: OkHttp alone
 * beside Ferry. Then the classes that each of them loaded.
 */
final class ColdStart {

  private static final String FHIR_CONTEXT = "ca.uhn.fhir.context.FhirContext ";

  private ColdStart() {}

  static void run(int rounds, Path folder) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(1, 1, "identity")) {
      System.out.printf("1 file, %,d bytes%n", server.bytes());
      String file = server.plainUrl(0);
      new Race(folder, server.bytes())
          .with("bare OkHttp GET", into -> inside(BareGet.class, get(file, into)))
          .with("Ferry, one download", into -> inside(FirstDownload.class, get(file, into)))
          .with("Ferry, an export: 4 requests", into -> inside(Export.class, export(server, into)))
          .run(1, rounds);
      System.out.println("Classes loaded:");
      classes(BareGet.class, get(file, Files.createDirectory(folder.resolve("bare"))));
      classes(FirstDownload.class, get(file, Files.createDirectory(folder.resolve("ferry"))));
      classes(Export.class, export(server, folder));
    }
  }

  private static List<String> get(String file, Path into) {
    return List.of(file, into.resolve("a.ndjson").toString());
  }

  private static List<String> export(ServerProcess server, Path into) {
    return Export.arguments(server.baseUrl(), into.resolve("export"), 1, Devices.TYPE);
  }

  private static double inside(Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    return Double.parseDouble(OtherProcess.output(OtherProcess.java(List.of(), main, arguments)));
  }

  private static void classes(Class<?> main, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> loaded =
        OtherProcess.output(OtherProcess.java(List.of("-Xlog:class+load:stdout"), main, arguments))
            .lines()
            .filter(line -> line.contains(" source: "))
            .toList();
    System.out.printf(
        "%-16s %5d, FhirContext among them: %s%n",
        main.getSimpleName(),
        loaded.size(),
        loaded.stream().anyMatch(line -> line.contains(FHIR_CONTEXT)) ? "yes" : "no");
  }
}
