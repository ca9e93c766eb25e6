package health.ferry.pierflow;

import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.FerryException;
import health.ferry.core.RawResponse;
import health.ferry.core.TransportException;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.internal.call.ErrorReader;
import java.util.Set;

/**
 * Tells a refusal by Pierflow, which knows the caller, from one by the storage that a link or a
 * redirect led to, which knows the link alone: a later link may work.
 */
final class DownloadErrors implements ErrorReader {

  /** What storage answers when a link has had its time. */
  private static final Set<Integer> EXPIRED = Set.of(401, 403, 404, 410);

  @Override
  public FerryException read(CallInfo call, ApiError bare, RawResponse response) {
    return PierflowErrors.of(call, bare, response);
  }

  @Override
  public FerryException readElsewhere(CallInfo call, ApiError bare, RawResponse response) {
    ApiException refused = ApiException.of(call, bare);
    return isExpiry(refused) ? linkRefused(refused) : refused;
  }

  /** Whether storage means by it that the link is no longer good. */
  static boolean isExpiry(ApiException ofStorage) {
    return EXPIRED.contains(ofStorage.status());
  }

  /** No refusal of the caller, so no exception of one. */
  static TransportException linkRefused(ApiException ofStorage) {
    return new TransportException(
        ofStorage.call(),
        Phase.RESPONSE,
        false,
        "the link to the package was refused with status " + ofStorage.status(),
        ofStorage);
  }
}
