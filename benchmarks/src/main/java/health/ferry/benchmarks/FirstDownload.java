package health.ferry.benchmarks;

import health.ferry.core.CallOptions;
import health.ferry.core.TransportOptions;
import health.ferry.core.internal.call.ClientName;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.ErrorReader;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Jitter;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.internal.transfer.ContentCheck;
import health.ferry.core.internal.transfer.DownloadRequest;
import health.ferry.core.internal.transfer.FileDownload;
import java.nio.file.Path;
import java.time.Duration;
import okhttp3.HttpUrl;

/** What the same first GET costs through all of Ferry's layers, to a whole file on disk. */
public final class FirstDownload {

  private FirstDownload() {}

  /**
   * One download in a new JVM; prints how many seconds it took from here on.
   *
   * @param args the URL and the file
   */
  public static void main(String[] args) {
    long start = System.nanoTime();
    try (Transport transport =
        Transport.open(
            new ClientName("Benchmark", "ferry-benchmark"),
            TransportOptions.builder().build(),
            SystemTime.INSTANCE,
            Jitter.RANDOM)) {
      FileDownload.fetch(
          transport,
          new DownloadRequest(
              HttpUrl.get(args[0]),
              CredentialScope.NONE,
              "application/fhir+ndjson",
              Path.of(args[1]),
              "benchmark",
              LineCount::new,
              ErrorReader.NONE,
              progress -> {}),
          transport.call(
              "download", CallOptions.defaults(), Duration.ofMinutes(1), new Cancellation()));
      System.out.println(OtherProcess.since(start));
    }
  }

  /** Sees every byte, as the check of a bulk export does. */
  private static final class LineCount implements ContentCheck {
    private long lines;

    @Override
    public void update(byte[] bytes, int offset, int length) {
      for (int i = offset; i < offset + length; i++) {
        lines += bytes[i] == '\n' ? 1 : 0;
      }
    }

    @Override
    public void finish(Path content) {
      if (lines != Devices.LINES) {
        throw new IllegalStateException(lines + " lines");
      }
    }
  }
}
