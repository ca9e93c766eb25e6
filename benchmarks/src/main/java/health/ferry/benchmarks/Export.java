package health.ferry.benchmarks;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.bulkfhir.ExportRequest;
import java.nio.file.Path;

/** Ferry's side: a whole export, from kick-off to DELETE, with every check on. */
public final class Export {

  static final int PARALLEL = 4;

  private Export() {}

  static void into(Path folder, BulkFhirClient client) {
    client
        .export(
            ExportRequest.system().types(Devices.TYPE).build(),
            folder,
            options -> options.parallel(PARALLEL))
        .orThrow();
  }

  /**
   * One export in a new JVM; prints how many seconds it took from here on.
   *
   * @param args the FHIR base and the folder
   */
  public static void main(String[] args) {
    long start = System.nanoTime();
    try (BulkFhirClient client = BulkFhirClient.builder(args[0]).build()) {
      into(Path.of(args[1]), client);
      System.out.println(OtherProcess.since(start));
    }
  }
}
