package health.ferry.testkit;

/** Where an attachment lies, and so what its URL looks like. */
public enum AttachmentPlace {
  /** {@code Binary/[id]}, relative to the FHIR base, for a token. */
  FHIR_BASE,
  /**
   * An absolute URL on the file server, whose rules are those of exported files ({@link
   * BulkFhirOptions#filesNeedToken(boolean)}, {@link
   * BulkFhirOptions#filesRefuseAuthorization(boolean)}).
   */
  FILE_SERVER
}
