package health.ferry.benchmarks;

import health.ferry.bulkfhir.BulkFhirClient;
import health.ferry.bulkfhir.ExportRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Ferry's side: a whole export, from kick-off to DELETE, with every check on. */
public final class Export {

  private Export() {}

  static void into(Path folder, BulkFhirClient client, int parallel, List<String> types) {
    client
        .export(
            ExportRequest.system().types(types.toArray(String[]::new)).build(),
            folder,
            options -> options.parallel(parallel))
        .orThrow();
  }

  /** The command line of {@link #main}. */
  static List<String> arguments(String baseUrl, Path folder, int parallel, String... types) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(baseUrl, folder.toString(), Integer.toString(parallel)));
    arguments.addAll(List.of(types));
    return arguments;
  }

  /**
   * One export in a new JVM; prints how many seconds it took from here on.
   *
   * @param args the FHIR base, the folder, how many files at a time, and the types, none for all
   */
  public static void main(String[] args) {
    long start = System.nanoTime();
    try (BulkFhirClient client = BulkFhirClient.builder(args[0]).build()) {
      List<String> types = List.of(args).subList(3, args.length);
      into(Path.of(args[1]), client, Integer.parseInt(args[2]), types);
      System.out.println(OtherProcess.since(start));
    }
  }
}
