package health.ferry.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.List;

/** A server in a process of its own that runs until this is closed. */
final class ServerProcess implements AutoCloseable {

  private final Process process;
  private final String baseUrl;
  private final String plainUrl;
  private final long bytes;

  private ServerProcess(Process process, String[] told) {
    this.process = process;
    this.baseUrl = told[0];
    this.plainUrl = told[1];
    this.bytes = Long.parseLong(told[2]);
  }

  /** Starts a server of so many files, each with so many thousand lines. */
  static ServerProcess start(int files, long thousandLines, String encoding) throws IOException {
    return start(
        BenchmarkServer.class,
        List.of(Integer.toString(files), Long.toString(thousandLines), encoding));
  }

  /** Starts a server that tells its FHIR base, the folder of its files, and their size. */
  static ServerProcess start(Class<?> main, List<String> arguments) throws IOException {
    Process process =
        new ProcessBuilder(OtherProcess.java(List.of("-Xmx256m"), main, arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the server did not start");
    }
    return new ServerProcess(process, line.split(" ", -1));
  }

  String baseUrl() {
    return baseUrl;
  }

  /** The address of one of the files, for a GET alone. */
  String plainUrl(int file) {
    return plainUrl + file + ".ndjson";
  }

  /** The size of all files together, decoded. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }
}
