package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.Step;
import health.ferry.testkit.internal.control.ControlServer;
import health.ferry.testkit.internal.control.MovableClock;
import health.ferry.testkit.internal.control.RequestLog;
import health.ferry.testkit.internal.data.Dataset;
import health.ferry.testkit.internal.data.HeldResources;
import health.ferry.testkit.internal.oauth.AccessTokens;
import health.ferry.testkit.internal.oauth.ClientAssertions;
import health.ferry.testkit.internal.oauth.TokenCall;
import java.util.Set;

/** Puts the Bulk FHIR partner together: control calls, files, data, tokens. */
public final class BulkFhirServer implements AutoCloseable {

  /** The group of all patients. */
  public static final String ALL_PATIENTS = "all-patients";

  private volatile BulkFhirOptions options;
  private final MovableClock clock = new MovableClock();
  private final AccessTokens tokens;
  private final ClientAssertions assertions;
  private final Scripts scripts = new Scripts();
  private final FaultyServer files;
  private final HeldResources held;
  private final Attachments attachments;
  private final Groups groups = new Groups();
  private final ExportJobs jobs;
  private final ControlCalls calls;
  private final ControlServer control;

  /** Starts both servers. */
  public BulkFhirServer(
      BulkFhirOptions options, Dataset data, Credentials credentials, RequestLog log) {
    this.options = options;
    tokens = new AccessTokens(clock, credentials.marker(), credentials.staticToken());
    assertions = new ClientAssertions(clock, credentials.clientId());
    files = FaultyServer.start();
    held = new HeldResources(clock, data);
    FileAccess access = new FileAccess(tokens);
    attachments = new Attachments(() -> this.options, held, files, access);
    jobs =
        new ExportJobs(clock, held, groups, new ExportFiles(files, access), credentials.marker());
    groups.put(ALL_PATIENTS, Set.copyOf(data.patientIds()));
    TokenCall tokenCall =
        new TokenCall(tokens, assertions, credentials.clientId(), credentials.clientSecret());
    StatusCalls status = new StatusCalls(jobs, scripts, clock, files.origin());
    calls =
        new ControlCalls(
            () -> this.options,
            scripts,
            tokens,
            tokenCall,
            jobs,
            status,
            new GroupCalls(groups),
            new BinaryCalls(jobs, attachments));
    control = ControlServer.start(calls, log);
  }

  /**
   * The secrets that this server accepts.
   *
   * @param marker stands in every secret that it makes
   * @param staticToken is always good
   * @param clientId the one client
   * @param clientSecret its secret
   */
  public record Credentials(
      String marker, String staticToken, String clientId, String clientSecret) {

    /** Nothing of it. */
    @Override
    public String toString() {
      return "Credentials";
    }
  }

  /** Without a slash at the end. */
  public String baseUrl() {
    return control.origin() + ControlCalls.BASE_PATH;
  }

  /** The token endpoint. */
  public String tokenUrl() {
    return control.origin() + ControlCalls.TOKEN_PATH;
  }

  /** Where a job is polled. */
  public String statusUrl(ExportJob job) {
    return control.origin() + StatusUrl.of(job);
  }

  /** The server of the files. */
  public FaultyServer files() {
    return files;
  }

  /** The resources. */
  public HeldResources held() {
    return held;
  }

  /** The documents. */
  public Attachments attachments() {
    return attachments;
  }

  /** The groups. */
  public Groups groups() {
    return groups;
  }

  /** By which tokens end and changes are dated. */
  public MovableClock clock() {
    return clock;
  }

  /** The jobs. */
  public ExportJobs jobs() {
    return jobs;
  }

  /** The scripted answers. */
  public Scripts scripts() {
    return scripts;
  }

  /** The tokens in force. */
  public AccessTokens tokens() {
    return tokens;
  }

  /** The keys of the client. */
  public ClientAssertions assertions() {
    return assertions;
  }

  /** How often a step was called. */
  public int count(Step step) {
    return calls.count(step);
  }

  /** Other options from the next call on. */
  public void options(BulkFhirOptions changed) {
    options = changed;
  }

  /** The options now. */
  public BulkFhirOptions options() {
    return options;
  }

  @Override
  public void close() {
    control.close();
    files.close();
  }
}
