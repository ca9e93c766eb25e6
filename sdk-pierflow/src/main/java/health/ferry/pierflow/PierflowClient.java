package health.ferry.pierflow;

import health.ferry.core.CallOptions;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.time.Cancellation;
import java.time.Duration;
import java.util.List;

/**
 * Brings the records that Pierflow has digitized into a system of the caller's: import packages,
 * each of them verified whole, imported once and acknowledged.
 *
 * <p>Thread-safe; make one per key and keep it. Closing it ends its own threads and connections.
 */
public final class PierflowClient implements AutoCloseable {

  private static final Duration LONGEST_LIST = Duration.ofMinutes(2);

  private final PierflowServer server;
  private final ClientThreads threads;

  PierflowClient(PierflowServer server, ClientThreads threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Begins a client.
   *
   * @param baseUrl the server, such as {@code https://www.pierflow.com}; with or without {@code
   *     /v1}, with or without a slash at its end
   * @param key the partner's secret key, {@code pf_live_sk_…} or {@code pf_test_sk_…}, sent as a
   *     bearer token to this server alone
   * @return a builder
   */
  public static PierflowClientBuilder builder(String baseUrl, Secret key) {
    return new PierflowClientBuilder(baseUrl, key);
  }

  /**
   * Makes a client from the environment: {@code PIERFLOW_BASE_URL} and {@code PIERFLOW_KEY}.
   *
   * @return a client
   * @throws ConfigurationException naming every variable that is missing or wrong
   */
  public static PierflowClient fromEnv() {
    return PierflowEnvironment.client(System::getenv);
  }

  /**
   * Lists an organization's packages that wait to be imported: those with status {@code READY}.
   *
   * @param organizationId the organization, one that the key is linked to
   * @return the fifty newest at most, newest first, as the server gives them
   * @see #listPackages(String, PackageStatus, CallOptions)
   */
  public List<ImportPackage> listPackages(String organizationId) {
    return listPackages(organizationId, PackageStatus.READY);
  }

  /**
   * Lists an organization's packages of one status, or of all.
   *
   * @param organizationId the organization, one that the key is linked to
   * @param status {@link PackageStatus#ALL} for all of them
   * @return the fifty newest at most, newest first, as the server gives them
   * @see #listPackages(String, PackageStatus, CallOptions)
   */
  public List<ImportPackage> listPackages(String organizationId, PackageStatus status) {
    return listPackages(organizationId, status, CallOptions.defaults());
  }

  /**
   * Lists an organization's packages of one status, or of all. One that has less than a day left is
   * logged as a warning, by its id and its end.
   *
   * @param organizationId the organization, one that the key is linked to
   * @param status {@link PackageStatus#ALL} for all of them
   * @param options the deadline, two minutes by default
   * @return the fifty newest at most, newest first, as the server gives them
   * @throws health.ferry.core.AuthenticationException when the server refuses the key
   * @throws health.ferry.core.PermissionDeniedException when the organization is unknown or not
   *     linked to the key
   * @throws health.ferry.core.RateLimitedException when the server answers 429 to the last attempt
   * @throws health.ferry.core.ServerException when the server answers 5xx to the last attempt
   * @throws health.ferry.core.TransportException when no answer came
   * @throws health.ferry.core.UnexpectedResponseException when the answer is none of Pierflow's
   */
  public List<ImportPackage> listPackages(
      String organizationId, PackageStatus status, CallOptions options) {
    CallContext call =
        server.transport().call("listPackages", options, LONGEST_LIST, new Cancellation());
    return PackageList.fetch(server, organizationId, status, call);
  }

  /**
   * Organizations, patients, their records and their links to the caller's own ids.
   *
   * @return calls that share this client's key, threads and connections
   */
  public PierflowRecords records() {
    return new PierflowRecords(server);
  }

  /**
   * Scanned documents, to be read by Pierflow.
   *
   * @return calls that share this client's key, threads and connections
   */
  public DocumentIngest ingest() {
    return new DocumentIngest(server, threads);
  }

  /** Ends this client's own threads and connections. */
  @Override
  public void close() {
    threads.close();
    server.close();
  }
}
