package health.ferry.benchmarks;

import health.ferry.testkit.Body;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ExtraFile;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.PartnerSandbox;
import java.io.IOException;

/**
 * The sandbox in a process of its own. The same files lie in every export, at once, and under
 * {@code /plain/N.ndjson} for those who just GET. Ends when its standard input does.
 */
public final class BenchmarkServer {

  private BenchmarkServer() {}

  /**
   * Serves until the standard input ends.
   *
   * @param args how many files, how many thousand lines each, and {@code gzip} or {@code identity}
   * @throws IOException when the standard input fails
   */
  public static void main(String[] args) throws IOException {
    int files = Integer.parseInt(args[0]);
    long blocks = Long.parseLong(args[1]);
    FileOptions served = FileOptions.defaults().gzip(args[2].equals("gzip"));
    Body body = Body.repeated(Devices.block(), blocks);
    BulkFhirOptions options =
        BulkFhirOptions.defaults().requireAuth(false).pollsUntilDone(0).files(served);
    ExtraFile file =
        new ExtraFile(
            ExtraFile.Section.OUTPUT, "Device", body, Math.multiplyExact(blocks, Devices.LINES));
    for (int i = 0; i < files; i++) {
      options = options.extraFile(file);
    }
    try (PartnerSandbox sandbox = PartnerSandbox.builder().patients(1).bulkFhir(options).start()) {
      for (int i = 0; i < files; i++) {
        sandbox.bulkFhir().files().serve("/plain/" + i + ".ndjson", body, served);
      }
      System.out.println(
          sandbox.bulkFhir().baseUrl()
              + " "
              + sandbox.bulkFhir().files().url("/plain/")
              + " "
              + files * body.length());
      while (System.in.read() >= 0) {
        // Whoever started this process closes the stream, or ends.
      }
    }
  }
}
