package health.ferry.pierflow;

import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.internal.async.ClientThreads;

/**
 * Brings the records that Pierflow has digitized into a system of the caller's: import packages,
 * each of them verified whole, imported once and acknowledged.
 *
 * <p>Thread-safe; make one per key and keep it. Closing it ends its own threads and connections.
 */
public final class PierflowClient implements AutoCloseable {

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

  /** Ends this client's own threads and connections. */
  @Override
  public void close() {
    threads.close();
    server.close();
  }
}
