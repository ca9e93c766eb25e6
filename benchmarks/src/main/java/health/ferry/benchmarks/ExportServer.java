package health.ferry.benchmarks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.benchmarks.PatientRecords.DataFile;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.testkit.Body;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.PartnerSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sandbox in a process of its own, with patient records that lie on disk before any job starts
 * and are compressed once, so that the clients are measured and not the server. Ends when its
 * standard input does.
 */
public final class ExportServer {

  private static final FileOptions GZIP = FileOptions.defaults().gzip(true);

  private ExportServer() {}

  /**
   * Serves until the standard input ends.
   *
   * @param args the folder for the files, how many there are, and how many polls find the job
   *     unfinished
   * @throws IOException when the disk or the standard input fails
   */
  public static void main(String[] args) throws IOException {
    List<DataFile> data = PatientRecords.write(Path.of(args[0]), Integer.parseInt(args[1]));
    int polls = Integer.parseInt(args[2]);
    BulkFhirOptions options = BulkFhirOptions.defaults().requireAuth(false).pollsUntilDone(polls);
    try (PartnerSandbox sandbox = PartnerSandbox.builder().patients(1).bulkFhir(options).start()) {
      FaultyServer files = sandbox.bulkFhir().files();
      long bytes = 0;
      for (int i = 0; i < data.size(); i++) {
        files.serve(path(i), Body.file(data.get(i).path()), GZIP);
        compress(files.url(path(i)));
        bytes += Files.size(data.get(i).path());
      }
      sandbox.bulkFhir().options(options.manifestEdit(text -> listing(data, files, text)));
      System.out.println(sandbox.bulkFhir().baseUrl() + " " + files.url("/records/") + " " + bytes);
      while (System.in.read() >= 0) {
        // Whoever started this process closes the stream, or ends.
      }
    }
  }

  private static String path(int file) {
    return "/records/" + file + ".ndjson";
  }

  /** The first request for a file with gzip compresses it. */
  private static void compress(String url) throws IOException {
    URLConnection get = URI.create(url).toURL().openConnection();
    get.setRequestProperty("Accept-Encoding", "gzip");
    get.getInputStream().close();
  }

  /** The manifest with the records in place of the sandbox's own files. */
  private static String listing(List<DataFile> data, FaultyServer files, String manifest) {
    try {
      ObjectNode json = (ObjectNode) JsonTree.read(manifest.getBytes(StandardCharsets.UTF_8));
      ArrayNode output = json.putArray("output");
      for (int i = 0; i < data.size(); i++) {
        output
            .addObject()
            .put("type", data.get(i).type())
            .put("url", files.url(path(i)))
            .put("count", data.get(i).count());
      }
      return new String(JsonTree.write(json), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
