package health.ferry.testkit.internal.pierflow;

import static health.ferry.testkit.PierflowOperation.ACKNOWLEDGE;
import static health.ferry.testkit.PierflowOperation.DOCUMENT;
import static health.ferry.testkit.PierflowOperation.DOWNLOAD;
import static health.ferry.testkit.PierflowOperation.JOB;
import static health.ferry.testkit.PierflowOperation.LINK;
import static health.ferry.testkit.PierflowOperation.LINK_BULK;
import static health.ferry.testkit.PierflowOperation.LINK_LOOKUP;
import static health.ferry.testkit.PierflowOperation.LIST;
import static health.ferry.testkit.PierflowOperation.ORGANIZATIONS;
import static health.ferry.testkit.PierflowOperation.PATIENTS;
import static health.ferry.testkit.PierflowOperation.PATIENT_FHIR;
import static health.ferry.testkit.PierflowOperation.SCAN_BATCH;
import static health.ferry.testkit.PierflowOperation.SIGN;

import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.internal.control.ControlServer;
import health.ferry.testkit.internal.control.MovableClock;
import health.ferry.testkit.internal.control.RequestLog;
import health.ferry.testkit.internal.data.Dataset;

/** Puts the Pierflow partner together: packages, links, control calls, the other hosts. */
public final class PierflowServer implements AutoCloseable {

  private volatile PierflowOptions options;
  private final MovableClock clock = new MovableClock();
  private final Scripts scripts = new Scripts();
  private final WebhookBodies webhooks = new WebhookBodies(clock);
  private final Packages packages;
  private final PatientLinks links;
  private final AcknowledgeCall acknowledge;
  private final FileHost files;
  private final ScanStorage storage;
  private final ControlServer control;

  /** Starts the server. */
  public PierflowServer(
      PierflowOptions options,
      Dataset data,
      Credentials credentials,
      RequestLog log,
      RequestLog storageLog) {
    this.options = options;
    packages = new Packages(this::options, clock);
    links = new PatientLinks(clock);
    packages.add(PatientBundle.allOf(data));
    if (options.buildAtStart()) {
      packages.build();
    }
    Errors errors = new Errors(this::options);
    Access access = new Access(this::options, credentials.apiKey(), errors);
    acknowledge = new AcknowledgeCall(this::options, clock, access, errors, packages, links);
    files = new FileHost(this::options, clock, credentials.marker());
    PackageCalls packageCalls =
        new PackageCalls(this::options, clock, access, errors, packages, files);
    OrganizationCalls organizations = new OrganizationCalls(this::options, access, packages);
    PatientCalls patients = new PatientCalls(this::options, access, packages);
    PatientFhirCalls fhir = new PatientFhirCalls(access, errors, packages, links);
    LinkCalls linkCalls = new LinkCalls(this::options, access, errors, packages, links);
    storage = new ScanStorage(this::options, clock, credentials.marker(), scripts, storageLog);
    ScanBatches batches = new ScanBatches(this::options, clock, access, errors, storage);
    IngestCalls ingest = new IngestCalls(this::options, clock, access, errors, batches);
    Routes routes =
        new Routes(scripts)
            .get("/v1/organizations/*/import-packages", LIST, packageCalls::list)
            .get("/v1/import-packages/*/download", DOWNLOAD, packageCalls::download)
            .post("/v1/import-packages/*/acknowledge", ACKNOWLEDGE, acknowledge::answer)
            .get("/v1/organizations", ORGANIZATIONS, organizations::list)
            .get("/v1/organizations/*", ORGANIZATIONS, organizations::one)
            .get("/v1/organizations/*/patients", PATIENTS, patients::list)
            .get(
                "/v1/organizations/*/patients/by-external/*/fhir", PATIENT_FHIR, fhir::byExternalId)
            .get("/v1/organizations/*/patients/*/fhir", PATIENT_FHIR, fhir::byId)
            .post("/v1/partner-patient-links", LINK, linkCalls::one)
            .get("/v1/partner-patient-links", LINK_LOOKUP, linkCalls::find)
            .post("/v1/partner-patient-links/bulk", LINK_BULK, linkCalls::bulk)
            .post("/v1/scan-batches", SCAN_BATCH, batches::create)
            .post("/v1/uploads/sign", SIGN, batches::sign)
            .post("/v1/ingest/documents", DOCUMENT, ingest::document)
            .get("/v1/ingest/jobs/*", JOB, ingest::job);
    control = ControlServer.start(new RequestAllowance(this::options, clock, routes), log);
  }

  /**
   * The secrets of this server.
   *
   * @param apiKey the partner's key
   * @param marker stands in every secret that it makes
   */
  public record Credentials(String apiKey, String marker) {

    /** Nothing of it. */
    @Override
    public String toString() {
      return "Credentials";
    }
  }

  /** Without a slash at the end. */
  public String origin() {
    return control.origin();
  }

  /** By which packages are dated and expire. */
  public MovableClock clock() {
    return clock;
  }

  /** The scripted answers. */
  public Scripts scripts() {
    return scripts;
  }

  /** The host of the archives. */
  public FaultyServer files() {
    return files.server();
  }

  /** Where an archive lies there. */
  public static String filePath(String packageId) {
    return FileHost.path(packageId);
  }

  /** The host of the scans. */
  public ScanStorage storage() {
    return storage;
  }

  /** What webhooks say. */
  public WebhookBodies webhooks() {
    return webhooks;
  }

  /** The packages. */
  public Packages packages() {
    return packages;
  }

  /** The partner's own ids. */
  public PatientLinks links() {
    return links;
  }

  /** The acknowledgements. */
  public AcknowledgeCall acknowledge() {
    return acknowledge;
  }

  /** Other options from the next call on. */
  public void options(PierflowOptions changed) {
    options = changed;
  }

  /** The options now. */
  public PierflowOptions options() {
    return options;
  }

  @Override
  public void close() {
    control.close();
    files.close();
    storage.close();
  }
}
