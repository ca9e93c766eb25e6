package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.internal.control.ControlServer;
import health.ferry.testkit.internal.control.MovableClock;
import health.ferry.testkit.internal.control.RequestLog;
import health.ferry.testkit.internal.data.Dataset;

/** Puts the Pierflow partner together: packages, links, control calls, the host of the archives. */
public final class PierflowServer implements AutoCloseable {

  private volatile PierflowOptions options;
  private final MovableClock clock = new MovableClock();
  private final Scripts scripts = new Scripts();
  private final WebhookBodies webhooks = new WebhookBodies(clock);
  private final Packages packages;
  private final PatientLinks links;
  private final AcknowledgeCall acknowledge;
  private final FileHost files;
  private final ControlServer control;

  /** Starts the server. */
  public PierflowServer(
      PierflowOptions options, Dataset data, Credentials credentials, RequestLog log) {
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
    Routes routes =
        new Routes(scripts)
            .on(
                "GET",
                "/v1/organizations/*/import-packages",
                PierflowOperation.LIST,
                packageCalls::list)
            .on(
                "GET",
                "/v1/import-packages/*/download",
                PierflowOperation.DOWNLOAD,
                packageCalls::download)
            .on(
                "POST",
                "/v1/import-packages/*/acknowledge",
                PierflowOperation.ACKNOWLEDGE,
                acknowledge::answer);
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
  }
}
