package health.ferry.bulkfhir;

import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.call.Transport;
import okhttp3.HttpUrl;

/**
 * A server as one export sees it.
 *
 * @param transport sends a token that covers the export
 * @param threads where files are fetched beside the calling thread
 * @param metadata what the server has said of itself
 */
record ExportServer(
    Transport transport,
    ClientThreads threads,
    HttpUrl base,
    ExportPreset preset,
    ServerMetadata metadata) {

  KickOff kickOff() {
    return new KickOff(transport, base, preset, metadata);
  }

  ExportOperation job(HttpUrl statusUrl) {
    return new ExportOperation(transport, threads, base, statusUrl);
  }

  /**
   * The job of a token.
   *
   * @throws health.ferry.core.InvalidInputException when the token is none, or of another server
   */
  ExportOperation job(String resumeToken) {
    return job(ResumeToken.statusUrl(resumeToken, base));
  }
}
