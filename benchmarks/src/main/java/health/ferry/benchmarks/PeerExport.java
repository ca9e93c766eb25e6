package health.ferry.benchmarks;

import au.csiro.fhir.export.BulkExportClient;
import au.csiro.fhir.export.ws.AsyncConfig;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The Java peer's side: the same export by {@code au.csiro.fhir:bulk-export}, from kick-off to
 * DELETE. It counts nothing, forces nothing to disk, and tries no file again.
 */
public final class PeerExport {

  /** As it comes: it looks at a job, and whether the downloads have ended, once a second. */
  static final Duration DEFAULT_POLL = Duration.ofSeconds(1);

  private PeerExport() {}

  static void into(Path folder, String baseUrl, int parallel, Duration poll) {
    // Its validator would otherwise greet on standard error.
    System.setProperty("org.jboss.logging.provider", "slf4j");
    BulkExportClient.systemBuilder()
        .withFhirEndpointUrl(baseUrl)
        .withOutputDir(folder.toString())
        .withMaxConcurrentDownloads(parallel)
        .withAsyncConfig(AsyncConfig.builder().minPoolingDelay(poll).build())
        .build()
        .export();
  }

  /**
   * One export in a new JVM; prints how many seconds it took from here on.
   *
   * @param args the FHIR base, the folder, which must not exist, how many files at a time, and how
   *     long a poll waits at least
   */
  public static void main(String[] args) {
    long start = System.nanoTime();
    into(Path.of(args[1]), args[0], Integer.parseInt(args[2]), Duration.parse(args[3]));
    System.out.println(OtherProcess.since(start));
  }
}
