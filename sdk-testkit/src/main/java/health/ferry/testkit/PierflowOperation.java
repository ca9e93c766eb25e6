package health.ferry.testkit;

/** The control calls of Pierflow that can be scripted. */
public enum PierflowOperation {
  /** {@code GET /v1/organizations/:orgId/import-packages}. */
  LIST,
  /** {@code GET /v1/import-packages/:packageId/download}. */
  DOWNLOAD,
  /** {@code POST /v1/import-packages/:packageId/acknowledge}. */
  ACKNOWLEDGE,
  /** {@code GET /v1/organizations} and {@code GET /v1/organizations/:orgId}. */
  ORGANIZATIONS,
  /** {@code GET /v1/organizations/:orgId/patients}. */
  PATIENTS,
  /** {@code GET …/patients/:patientId/fhir} and {@code …/by-external/:externalId/fhir}. */
  PATIENT_FHIR,
  /** {@code POST /v1/partner-patient-links}. */
  LINK,
  /** {@code POST /v1/partner-patient-links/bulk}. */
  LINK_BULK,
  /** {@code GET /v1/partner-patient-links}. */
  LINK_LOOKUP,
  /** {@code POST /v1/scan-batches}. */
  SCAN_BATCH,
  /** {@code POST /v1/uploads/sign}. */
  SIGN,
  /** The post of a scan to the storage's own host. */
  UPLOAD,
  /** {@code POST /v1/ingest/documents}. */
  DOCUMENT,
  /** {@code GET /v1/ingest/jobs/:jobId}. */
  JOB
}
