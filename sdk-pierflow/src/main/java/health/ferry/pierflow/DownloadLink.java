package health.ferry.pierflow;

import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.RawResponse;
import health.ferry.core.internal.call.Answer;
import health.ferry.core.internal.json.Json;
import health.ferry.core.internal.transfer.LinkReader;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/**
 * The answer to one request for a package: the ZIP, as the seed has it, or JSON with a short-lived
 * link to it on another host (fact sheet, 3.2). Used by one thread.
 */
final class DownloadLink implements LinkReader {

  private static final Pattern JSON = Pattern.compile("(application|text)/(.+\\+)?json");

  private final PierflowServer server;
  private final PackageChecksum checksum;
  private boolean handedOut;

  DownloadLink(PierflowServer server, PackageChecksum checksum) {
    this.server = server;
    this.checksum = checksum;
  }

  @Override
  public Optional<HttpUrl> read(Answer answer) throws IOException {
    server.heard(answer);
    if (answer.status() != 200 || !JSON.matcher(answer.mediaType()).matches()) {
      checksum.settle(Optional.empty());
      return Optional.empty();
    }
    RawResponse raw = answer.raw(server.transport().options().maxJsonBytes());
    CallInfo call = answer.call().info();
    Fields fields = new Fields(Json.object(raw, call));
    checksum.settle(fields.text("checksum_sha256"));
    String link = fields.required("download_url", "the answer to the download", call);
    HttpUrl url = DownloadUrl.handedOut(link, server, answer.call());
    handedOut = true;
    return Optional.of(url);
  }

  /** Whether it was the link that was refused, and not Pierflow that refused the caller. */
  boolean isExpiredBy(ApiException refused) {
    return handedOut && DownloadErrors.isExpiry(refused);
  }
}
