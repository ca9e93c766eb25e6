package health.ferry.testkit;

import java.time.Duration;

/**
 * How the {@link PierflowPartner} behaves, where its pages and its server disagree or leave it
 * open. Immutable; each method with an argument gives a changed copy, its sibling without one tells
 * the value.
 */
public final class PierflowOptions implements Cloneable {

  private static final PierflowOptions DEFAULTS = new PierflowOptions();

  // Written only to a fresh copy that nobody else has seen.
  private String organizationId = "org_north_clinic";
  private String organizationName = "North Clinic";
  private PierflowDownload download = PierflowDownload.ZIP;
  private PierflowForm lists = PierflowForm.DOCUMENTED;
  private PierflowForm records = PierflowForm.DOCUMENTED;
  private PierflowForm errors = PierflowForm.DOCUMENTED;
  private boolean versionInDownloadUrl = true;
  private boolean refuseUnknownFields = true;
  private int patientsPerPackage = 5_000;
  private boolean buildAtStart = true;
  private int listCap = 50;
  private Duration retention = Duration.ofDays(7);
  private boolean enforceExpiry = true;
  private FileOptions files = FileOptions.defaults().contentType("application/zip");
  private Duration linkLifetime = Duration.ofHours(1);
  private int expiredLink = 403;
  private int perMinute = 0;
  private long maxScanBytes = 26_214_400;
  private String chartFolder = "chf_00000001";
  private int pollsPerJob = 2;
  private String jobEnd = "VALIDATED";

  private PierflowOptions() {}

  /**
   * As the Records pages have it: the download is the ZIP itself.
   *
   * @return the options
   */
  public static PierflowOptions defaults() {
    return DEFAULTS;
  }

  /**
   * As the server's code has it: the download is a link, and the JSON comes in its form.
   *
   * @return the options
   */
  public static PierflowOptions deployed() {
    return DEFAULTS
        .download(PierflowDownload.LINK)
        .lists(PierflowForm.DEPLOYED)
        .records(PierflowForm.DEPLOYED)
        .errors(PierflowForm.DEPLOYED)
        .refuseUnknownFields(false)
        .enforceExpiry(false);
  }

  private PierflowOptions copy() {
    try {
      return (PierflowOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * The one organization that the key is linked to.
   *
   * @param id {@code org_north_clinic} by default
   * @return the changed copy
   */
  public PierflowOptions organizationId(String id) {
    PierflowOptions copy = copy();
    copy.organizationId = id;
    return copy;
  }

  /**
   * Its name.
   *
   * @param name {@code North Clinic} by default
   * @return the changed copy
   */
  public PierflowOptions organizationName(String name) {
    PierflowOptions copy = copy();
    copy.organizationName = name;
    return copy;
  }

  /**
   * How the download endpoint hands a package out.
   *
   * @param way {@link PierflowDownload#ZIP} by default
   * @return the changed copy
   */
  public PierflowOptions download(PierflowDownload way) {
    PierflowOptions copy = copy();
    copy.download = way;
    return copy;
  }

  /**
   * The form of the list of packages.
   *
   * @param form {@link PierflowForm#DOCUMENTED} by default
   * @return the changed copy
   */
  public PierflowOptions lists(PierflowForm form) {
    PierflowOptions copy = copy();
    copy.lists = form;
    return copy;
  }

  /**
   * The form of organizations and patients: filters and pages by number, or a cursor.
   *
   * @param form {@link PierflowForm#DOCUMENTED} by default
   * @return the changed copy
   */
  public PierflowOptions records(PierflowForm form) {
    PierflowOptions copy = copy();
    copy.records = form;
    return copy;
  }

  /**
   * The form of errors.
   *
   * @param form {@link PierflowForm#DOCUMENTED} by default
   * @return the changed copy
   */
  public PierflowOptions errors(PierflowForm form) {
    PierflowOptions copy = copy();
    copy.errors = form;
    return copy;
  }

  /**
   * Whether the list's {@code download_url} begins with {@code /v1}, as both the pages and the code
   * have it.
   *
   * @param on true by default
   * @return the changed copy
   */
  public PierflowOptions versionInDownloadUrl(boolean on) {
    PierflowOptions copy = copy();
    copy.versionInDownloadUrl = on;
    return copy;
  }

  /**
   * Whether a body with an unknown field is refused with 422 {@code UNKNOWN_FIELD}, as the pages
   * say and the code does not.
   *
   * @param on true by default
   * @return the changed copy
   */
  public PierflowOptions refuseUnknownFields(boolean on) {
    PierflowOptions copy = copy();
    copy.refuseUnknownFields = on;
    return copy;
  }

  /**
   * How many patients go into one package at most; a build makes as many packages as it takes.
   *
   * @param patients 5,000 by default; one at least
   * @return the changed copy
   */
  public PierflowOptions patientsPerPackage(int patients) {
    PierflowOptions copy = copy();
    copy.patientsPerPackage = patients;
    return copy;
  }

  /**
   * Whether the sandbox's patients lie in a package from the start; otherwise they wait for {@link
   * PierflowPartner#buildNow}.
   *
   * @param on true by default
   * @return the changed copy
   */
  public PierflowOptions buildAtStart(boolean on) {
    PierflowOptions copy = copy();
    copy.buildAtStart = on;
    return copy;
  }

  /**
   * How many packages a list shows at most, the newest.
   *
   * @param packages 50 by default
   * @return the changed copy
   */
  public PierflowOptions listCap(int packages) {
    PierflowOptions copy = copy();
    copy.listCap = packages;
    return copy;
  }

  /**
   * How long after its creation a package expires.
   *
   * @param length 7 days by default
   * @return the changed copy
   */
  public PierflowOptions retention(Duration length) {
    PierflowOptions copy = copy();
    copy.retention = length;
    return copy;
  }

  /**
   * Whether an expired package is EXPIRED and no longer handed out; the code only tells the time.
   *
   * @param on true by default
   * @return the changed copy
   */
  public PierflowOptions enforceExpiry(boolean on) {
    PierflowOptions copy = copy();
    copy.enforceExpiry = on;
    return copy;
  }

  /**
   * How the other host serves archives: validators, ranges, pace. Applies from the next link on.
   *
   * @param served {@code application/zip}, a strong ETag and ranges by default
   * @return the changed copy
   */
  public PierflowOptions files(FileOptions served) {
    PierflowOptions copy = copy();
    copy.files = served;
    return copy;
  }

  /**
   * How long a link works.
   *
   * @param length one hour by default
   * @return the changed copy
   */
  public PierflowOptions linkLifetime(Duration length) {
    PierflowOptions copy = copy();
    copy.linkLifetime = length;
    return copy;
  }

  /**
   * What the other host answers to a link that works no longer.
   *
   * @param status 403 by default; 401, 404 and 410 are as likely
   * @return the changed copy
   */
  public PierflowOptions expiredLink(int status) {
    PierflowOptions copy = copy();
    copy.expiredLink = status;
    return copy;
  }

  /**
   * How many calls the key has in a minute, told in {@code X-RateLimit-*} headers on every answer;
   * the next one is answered 429.
   *
   * @param calls 0 by default: no limit and no headers, as the code has it
   * @return the changed copy
   */
  public PierflowOptions perMinute(int calls) {
    PierflowOptions copy = copy();
    copy.perMinute = calls;
    return copy;
  }

  /**
   * How long a scan may be, told with each signed upload.
   *
   * @param bytes 25 MiB by default
   * @return the changed copy
   */
  public PierflowOptions maxScanBytes(long bytes) {
    PierflowOptions copy = copy();
    copy.maxScanBytes = bytes;
    return copy;
  }

  /**
   * The one chart folder that a document may be put into.
   *
   * @param id {@code chf_00000001} by default
   * @return the changed copy
   */
  public PierflowOptions chartFolder(String id) {
    PierflowOptions copy = copy();
    copy.chartFolder = id;
    return copy;
  }

  /**
   * How often a document's job is asked for before it has ended.
   *
   * @param polls 2 by default: QUEUED, PROCESSING, then its end
   * @return the changed copy
   */
  public PierflowOptions pollsPerJob(int polls) {
    PierflowOptions copy = copy();
    copy.pollsPerJob = polls;
    return copy;
  }

  /**
   * How a document's job ends.
   *
   * @param status {@code VALIDATED} by default, {@code AWAITING_REVIEW} or {@code FAILED}
   * @return the changed copy
   */
  public PierflowOptions jobEnd(String status) {
    PierflowOptions copy = copy();
    copy.jobEnd = status;
    return copy;
  }

  /** {@return what {@link #organizationId(String)} set} */
  public String organizationId() {
    return organizationId;
  }

  /** {@return what {@link #organizationName(String)} set} */
  public String organizationName() {
    return organizationName;
  }

  /** {@return what {@link #download(PierflowDownload)} set} */
  public PierflowDownload download() {
    return download;
  }

  /** {@return what {@link #lists(PierflowForm)} set} */
  public PierflowForm lists() {
    return lists;
  }

  /** {@return what {@link #records(PierflowForm)} set} */
  public PierflowForm records() {
    return records;
  }

  /** {@return what {@link #errors(PierflowForm)} set} */
  public PierflowForm errors() {
    return errors;
  }

  /** {@return what {@link #versionInDownloadUrl(boolean)} set} */
  public boolean versionInDownloadUrl() {
    return versionInDownloadUrl;
  }

  /** {@return what {@link #refuseUnknownFields(boolean)} set} */
  public boolean refuseUnknownFields() {
    return refuseUnknownFields;
  }

  /** {@return what {@link #patientsPerPackage(int)} set} */
  public int patientsPerPackage() {
    return patientsPerPackage;
  }

  /** {@return what {@link #buildAtStart(boolean)} set} */
  public boolean buildAtStart() {
    return buildAtStart;
  }

  /** {@return what {@link #listCap(int)} set} */
  public int listCap() {
    return listCap;
  }

  /** {@return what {@link #retention(Duration)} set} */
  public Duration retention() {
    return retention;
  }

  /** {@return what {@link #enforceExpiry(boolean)} set} */
  public boolean enforceExpiry() {
    return enforceExpiry;
  }

  /** {@return what {@link #files(FileOptions)} set} */
  public FileOptions files() {
    return files;
  }

  /** {@return what {@link #linkLifetime(Duration)} set} */
  public Duration linkLifetime() {
    return linkLifetime;
  }

  /** {@return what {@link #expiredLink(int)} set} */
  public int expiredLink() {
    return expiredLink;
  }

  /** {@return what {@link #perMinute(int)} set} */
  public int perMinute() {
    return perMinute;
  }

  /** {@return what {@link #maxScanBytes(long)} set} */
  public long maxScanBytes() {
    return maxScanBytes;
  }

  /** {@return what {@link #chartFolder(String)} set} */
  public String chartFolder() {
    return chartFolder;
  }

  /** {@return what {@link #pollsPerJob(int)} set} */
  public int pollsPerJob() {
    return pollsPerJob;
  }

  /** {@return what {@link #jobEnd(String)} set} */
  public String jobEnd() {
    return jobEnd;
  }
}
