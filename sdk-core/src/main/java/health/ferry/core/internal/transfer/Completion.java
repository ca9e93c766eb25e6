package health.ferry.core.internal.transfer;

import health.ferry.core.CallInfo;
import health.ferry.core.FerryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The last step of a download: decode, verify, force to disk, and only then the final name. */
final class Completion {

  private final DownloadRequest request;
  private final CallInfo call;

  Completion(DownloadRequest request, CallInfo call) {
    this.request = request;
    this.call = call;
  }

  /**
   * Gives the part its final name.
   *
   * @throws FerryException when it is not what was promised; nothing is kept of it then
   */
  void verifyAndPublish(PartFile part) throws IOException {
    try {
      if (part.encoding() == Encoding.GZIP) {
        publishDecoded(part);
      } else {
        part.check().finish(part.path());
        AtomicFile.publish(part.path(), request.target());
      }
    } catch (FerryException broken) {
      part.restart(Encoding.IDENTITY, null, -1);
      throw broken;
    }
    part.forget();
  }

  private void publishDecoded(PartFile part) throws IOException {
    Path decoded = request.target().resolveSibling(request.fileName() + ".tmp");
    try {
      ContentCheck check = request.check().get();
      Gunzip.decode(part.path(), decoded, check, call);
      check.finish(decoded);
      AtomicFile.publish(decoded, request.target());
    } finally {
      Files.deleteIfExists(decoded);
    }
  }
}
