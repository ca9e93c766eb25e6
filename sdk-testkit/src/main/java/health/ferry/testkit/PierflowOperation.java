package health.ferry.testkit;

/** The control calls of Pierflow that can be scripted. */
public enum PierflowOperation {
  /** {@code GET /v1/organizations/:orgId/import-packages}. */
  LIST,
  /** {@code GET /v1/import-packages/:packageId/download}. */
  DOWNLOAD,
  /** {@code POST /v1/import-packages/:packageId/acknowledge}. */
  ACKNOWLEDGE
}
