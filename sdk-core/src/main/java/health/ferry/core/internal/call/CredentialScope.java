package health.ferry.core.internal.call;

import okhttp3.HttpUrl;

/** Which requests get the client's credential. */
public enum CredentialScope {
  /** Never: URLs that a server handed out, and the token endpoint itself. */
  NONE,
  /** Only when the URL has the origin that the credential belongs to. */
  OWN_ORIGIN,
  /**
   * Also elsewhere, because the standard says so: Bulk FHIR files when the manifest has {@code
   * requiresAccessToken: true}.
   */
  AS_TOLD;

  /** Whether a request to this URL may carry what belongs to the given origin. */
  boolean covers(HttpUrl url, Origin home) {
    return switch (this) {
      case NONE -> false;
      case OWN_ORIGIN -> home.equals(Origin.of(url));
      case AS_TOLD -> true;
    };
  }
}
