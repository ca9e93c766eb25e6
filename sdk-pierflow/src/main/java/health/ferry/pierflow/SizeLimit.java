package health.ferry.pierflow;

import health.ferry.core.CallInfo;
import health.ferry.core.UnsafeArchiveException;
import health.ferry.core.internal.transfer.ContentCheck;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Ends a download that outgrows what a package may have: an answer without end would fill the disk.
 * Before that, the content is for another check to judge.
 */
final class SizeLimit implements ContentCheck {

  private final long most;
  private final ContentCheck content;
  private final CallInfo call;

  SizeLimit(long most, ContentCheck content, CallInfo call) {
    this.most = most;
    this.content = content;
    this.call = call;
  }

  @Override
  public void atLeast(long bytes) {
    if (bytes > most) {
      throw new UnsafeArchiveException(
          call, "the package is larger than the limit of " + most + " bytes", null);
    }
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    content.update(bytes, offset, length);
  }

  @Override
  public void finish(Path whole) throws IOException {
    content.finish(whole);
  }
}
