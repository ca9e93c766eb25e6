package health.ferry.core.internal.transfer;

import health.ferry.core.ProgressListener;
import health.ferry.core.internal.call.CredentialScope;
import health.ferry.core.internal.call.ErrorReader;
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
 */
public record DownloadRequest(
    HttpUrl url,
    CredentialScope credential,
    String accept,
    Path target,
    String identity,
    Supplier<? extends ContentCheck> check,
    ErrorReader errors,
    ProgressListener listener) {

  String fileName() {
    return target.getFileName().toString();
  }
}
