package health.ferry.core.internal.call;

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
  AS_TOLD
}
