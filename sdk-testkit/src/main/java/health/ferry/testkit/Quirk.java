package health.ferry.testkit;

/**
 * A way in which a Bulk FHIR server strays from the guide, or uses the freedom that it leaves. All
 * are off by default; {@link BulkFhirOptions#quirks(Quirk...)} turns them on.
 */
public enum Quirk {
  /** The manifest has no {@code error}, as HAPI's had not. */
  NO_ERROR_LIST,
  /** The manifest has no {@code deleted}, as STU1's has not. */
  NO_DELETED_LIST,
  /** The manifest has no {@code request}. */
  NO_REQUEST,
  /** {@code requiresAccessToken} is {@code "true"} or {@code "false"}, a string. */
  TOKEN_FLAG_AS_STRING,
  /** The manifest has no {@code requiresAccessToken}. */
  NO_TOKEN_FLAG,
  /** {@code outputOrganizedBy} is {@code ""} when the output is not organized. */
  EMPTY_ORGANIZED_BY,
  /** In place of the manifest comes a web page, with status 200. */
  MANIFEST_AS_HTML,
  /** The manifest's content type is {@code application/json;charset=ISO-8859-1}, as HAPI's. */
  MANIFEST_IN_LATIN_1,
  /** {@code continuesInFile} is the file's whole URL, not its bare name. */
  CONTINUATION_AS_URL,
  /** As HAPI: the status URL is {@code [base]/$export-poll-status?_jobId=…}. */
  STATUS_URL_WITH_QUERY,
  /** {@code X-Progress} is {@code in progress} all the time, without a number. */
  PROGRESS_WITHOUT_PERCENT,
  /** As HAPI: DELETE of a finished job answers 404, and the job and its files stay. */
  KEEPS_FINISHED_JOBS,
  /** A running job shows the pages that are ready, though nobody allowed partial manifests. */
  PARTIAL_MANIFESTS_UNASKED,
  /** {@code Preference-Applied} comes as one header for each value, not as a comma list. */
  PREFERENCE_APPLIED_TWICE,
  /** {@code Preference-Applied} names {@code respond-async} alone, and nothing is separated. */
  PREFERENCE_APPLIED_IN_PART,
  /** A kick-off whose {@code Accept} is not exactly {@code application/fhir+json} is refused. */
  STRICT_ACCEPT,
  /**
   * As Medplum: of a kick-off's query the first {@code _type}, {@code _since} and {@code
   * _outputFormat} count; all else and a POST's body are ignored without a word.
   */
  READS_QUERY_ONLY,
  /**
   * Each comma of a {@code _typeFilter} that is neither escaped nor encoded separates filters, as
   * STU2 has it to the letter; a filter cut in two by it is refused.
   */
  SPLITS_FILTERS_AT_COMMAS,
  /** As Veradigm: Provenance comes when {@code _type} names it, for all that is exported. */
  PROVENANCE_WHEN_NAMED,
  /**
   * A client may have one export that runs; a kick-off beside it is answered 429, as Oracle and
   * Epic do.
   */
  ONE_EXPORT_AT_A_TIME,
  /**
   * As HAPI: a file asked for with {@code Accept: application/fhir+json} comes as a Binary resource
   * with the NDJSON in Base64.
   */
  FILES_AS_BINARY_RESOURCES,
  /** The CapabilityStatement answers 404. */
  NO_METADATA,
  /** The CapabilityStatement answers 500. */
  METADATA_FAILS,
  /** In place of the CapabilityStatement comes a web page, with status 200. */
  METADATA_AS_HTML,
  /** The CapabilityStatement has no {@code instantiates}, and its operations name no version. */
  METADATA_WITHOUT_VERSION
}
