package health.ferry.core.internal.transfer;

import health.ferry.core.ProgressListener;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.ErrorReader;
import health.ferry.core.internal.retry.RetryClass;
import java.nio.file.Path;
import java.util.function.Supplier;
import okhttp3.HttpUrl;

/**
 * What to fetch, and where to.
 *
 * @param url where the file lies now; may be a secret
 * @param credential whether the client's credential goes along
 * @param accept the media type to ask for
 * @param target the final name
 * @param identity what stays the same when the URL is renewed
 * @param check a new look at the content for each try from the start
 * @param retries which failures are tried again, {@link RetryClass#DOWNLOAD} unless said otherwise
 * @param links finds an answer that only says where the file is; none does unless said otherwise
 */
public record DownloadRequest(
    HttpUrl url,
    CredentialScope credential,
    String accept,
    Path target,
    String identity,
    Supplier<? extends ContentCheck> check,
    ErrorReader errors,
    ProgressListener listener,
    RetryClass retries,
    LinkReader links) {

  /** A file that lies at its URL, and comes again when it is not what was promised. */
  public DownloadRequest(
      HttpUrl url,
      CredentialScope credential,
      String accept,
      Path target,
      String identity,
      Supplier<? extends ContentCheck> check,
      ErrorReader errors,
      ProgressListener listener) {
    this(
        url,
        credential,
        accept,
        target,
        identity,
        check,
        errors,
        listener,
        RetryClass.DOWNLOAD,
        LinkReader.NONE);
  }

  /**
   * The same file at the URL that a server has named: a stranger, who gets no credential, and whose
   * errors are not in the partner's words.
   */
  DownloadRequest linkedAt(HttpUrl link) {
    return new DownloadRequest(
        link,
        CredentialScope.NONE,
        accept,
        target,
        identity,
        check,
        ErrorReader.NONE,
        listener,
        retries,
        LinkReader.NONE);
  }

  String fileName() {
    return target.getFileName().toString();
  }
}
