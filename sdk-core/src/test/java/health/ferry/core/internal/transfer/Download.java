package health.ferry.core.internal.transfer;

import health.ferry.core.Progress;
import health.ferry.core.ProgressListener;
import health.ferry.core.TransportOptions;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.ErrorReader;
import health.ferry.core.internal.retry.RetryClass;
import health.ferry.core.testing.TestClient;
import health.ferry.core.testing.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/** One download as the tests make it, with what was seen on the way. */
final class Download implements AutoCloseable {

  private final VirtualTime time = new VirtualTime();
  private final TestClient client;
  private final Path target;
  private final List<Progress> progress = new ArrayList<>();
  private boolean seenUnderFinalName;
  private Supplier<? extends ContentCheck> checks = NoCheck::new;
  private String identity = "Patient-1";
  private RetryClass retries = RetryClass.DOWNLOAD;
  private LinkReader links = LinkReader.NONE;

  Download(Path target) {
    this(target, Duration.ofSeconds(20));
  }

  /**
   * Makes a download.
   *
   * @param stall how long no byte may come, in real time
   */
  Download(Path target, Duration stall) {
    this.target = target;
    this.client = TestClient.in(time, TransportOptions.builder().stallTimeout(stall));
  }

  /** Lines that gzip cannot make much smaller, always the same ones. */
  static byte[] lines(int bytes) {
    Random chance = new Random(7);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    while (lines.size() < bytes) {
      String line =
          "{\"resourceType\":\"Patient\",\"id\":\""
              + Long.toString(chance.nextLong(), 36)
              + "\"}\n";
      lines.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    }
    return lines.toByteArray();
  }

  Download checkedBy(Supplier<? extends ContentCheck> newChecks) {
    checks = newChecks;
    return this;
  }

  Download identifiedBy(String newIdentity) {
    identity = newIdentity;
    return this;
  }

  Download retriedAs(RetryClass newClass) {
    retries = newClass;
    return this;
  }

  Download linkedBy(LinkReader newLinks) {
    links = newLinks;
    return this;
  }

  long fetch(String url) {
    ProgressListener listener =
        step -> {
          progress.add(step);
          boolean done = step.kind() == Progress.Kind.FILE_DONE;
          seenUnderFinalName |= !done && Files.exists(target);
        };
    DownloadRequest request =
        new DownloadRequest(
            HttpUrl.get(url),
            CredentialScope.NONE,
            "application/fhir+ndjson",
            target,
            identity,
            checks,
            ErrorReader.NONE,
            listener,
            retries,
            links);
    return FileDownload.fetch(client.transport(), request, client.call());
  }

  List<Progress> progress() {
    return progress;
  }

  VirtualTime time() {
    return time;
  }

  /** Whether anything lay under the final name before the download was done. */
  boolean wasSeenUnderFinalName() {
    return seenUnderFinalName;
  }

  Path part() {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  Path ledger() {
    return PartLedger.of(part());
  }

  @Override
  public void close() {
    client.close();
  }

  /** Content that is taken as it comes. */
  private static final class NoCheck implements ContentCheck {
    @Override
    public void update(byte[] bytes, int offset, int length) {}

    @Override
    public void finish(Path content) {}
  }
}
