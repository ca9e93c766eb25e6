package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.core.Violation;
import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.call.ClientName;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.call.UrlPolicy;
import health.ferry.core.internal.config.BaseUrl;
import health.ferry.core.internal.time.Jitter;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.core.internal.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link BulkFhirClient}. Not thread-safe.
 *
 * <p>Choose one way to prove who calls; without any, no credential is sent.
 */
public final class BulkFhirClientBuilder {

  private static final ClientName NAME = new ClientName("Bulk FHIR", "ferry-bulkfhir");

  private final String baseUrl;
  private final List<Credentials> credentials = new ArrayList<>();
  private TransportOptions.Builder transport = TransportOptions.builder();
  private ExportPreset preset = ExportPreset.GENERIC;
  private @Nullable String tokenUrl;
  private @Nullable String scope;
  private Time time = SystemTime.INSTANCE;
  private Jitter jitter = Jitter.RANDOM;

  BulkFhirClientBuilder(String baseUrl) {
    this.baseUrl = baseUrl;
  }

  /**
   * Sends a token that the caller was given.
   *
   * @param token the bearer token
   * @return this builder
   */
  public BulkFhirClientBuilder token(Secret token) {
    credentials.add(new Credentials.Token(token));
    return this;
  }

  /**
   * Gets tokens by OAuth2 client credentials, with id and secret in a Basic header (RFC 6749
   * §2.3.1).
   *
   * @param clientId the client's id
   * @param secret the client's secret
   * @return this builder
   */
  public BulkFhirClientBuilder clientCredentials(String clientId, Secret secret) {
    credentials.add(new Credentials.ClientSecret(clientId, secret, false));
    return this;
  }

  /**
   * Gets tokens by OAuth2 client credentials, with id and secret in the form, for servers that read
   * them only there.
   *
   * @param clientId the client's id
   * @param secret the client's secret
   * @return this builder
   */
  public BulkFhirClientBuilder clientCredentialsInForm(String clientId, Secret secret) {
    credentials.add(new Credentials.ClientSecret(clientId, secret, true));
    return this;
  }

  /**
   * Gets tokens by SMART Backend Services: a signed assertion, RS384 or ES384 by the kind of key.
   *
   * @param clientId the client's id
   * @param key the private key whose public half is registered with the server
   * @return this builder
   */
  public BulkFhirClientBuilder backendServices(String clientId, SigningKey key) {
    credentials.add(new Credentials.BackendServices(clientId, key));
    return this;
  }

  /**
   * Where tokens are to be had. Without it the server is asked at {@code
   * [base]/.well-known/smart-configuration}.
   *
   * @param url the token endpoint
   * @return this builder
   */
  public BulkFhirClientBuilder tokenUrl(String url) {
    this.tokenUrl = url;
    return this;
  }

  /**
   * The scope to ask for, whatever a call needs.
   *
   * <p>Without it, client credentials ask for none. SMART Backend Services ask for what the call
   * needs: the types of the export (and {@code Patient} or {@code Group} where its address stands
   * on them), or {@code system/*} when it names no types; in the syntax that the server's
   * smart-configuration declares, {@code .rs} for {@code permission-v2} and {@code .read}
   * otherwise. A server that refuses the narrow scope with {@code invalid_scope} is asked for
   * {@code system/*}.
   *
   * @param wanted scopes, separated by spaces
   * @return this builder
   */
  public BulkFhirClientBuilder scope(String wanted) {
    this.scope = wanted;
    return this;
  }

  /**
   * Which server this is, so that a request that it would misread is refused before it is sent.
   *
   * @param server {@link ExportPreset#GENERIC} by default
   * @return this builder
   */
  public BulkFhirClientBuilder preset(ExportPreset server) {
    this.preset = server;
    return this;
  }

  /**
   * Changes how the client talks to the network.
   *
   * @param change such as {@code options -> options.executor(mine)}
   * @return this builder
   */
  public BulkFhirClientBuilder transport(UnaryOperator<TransportOptions.Builder> change) {
    this.transport = change.apply(transport);
    return this;
  }

  /** Clock, wait and chance as parameters. */
  BulkFhirClientBuilder time(Time newTime, Jitter newJitter) {
    this.time = newTime;
    this.jitter = newJitter;
    return this;
  }

  /**
   * Checks the settings and makes the client. No network.
   *
   * @return a client
   * @throws ConfigurationException naming every setting that is wrong
   */
  public BulkFhirClient build() {
    List<Violation> violations = violations();
    if (!violations.isEmpty()) {
      throw new ConfigurationException(CallInfo.of("Bulk FHIR", "configuration"), violations);
    }
    HttpUrl base = BaseUrl.of(baseUrl);
    HttpUrl token = tokenUrl == null ? null : BaseUrl.of(tokenUrl);
    TransportOptions options = transport.build();
    Transport open = Transport.open(NAME, options, time, jitter);
    Credentials chosen = credentials.isEmpty() ? new Credentials.None() : credentials.get(0);
    TokenEndpoint endpoint = new TokenEndpoint(token, new SmartDiscovery(open, base));
    return new BulkFhirClient(
        base,
        preset,
        new ScopedTransports(
            open, base, chosen.authorizers(open, endpoint, Optional.ofNullable(scope))),
        new ClientThreads(options.executor(), NAME.agent()));
  }

  /** Everything that is wrong with the settings, without their values. */
  List<Violation> violations() {
    List<Violation> violations = new ArrayList<>(transport.violations());
    UrlPolicy urls = new UrlPolicy(transport.isInsecureHttpAllowed());
    BaseUrl.check("baseUrl", baseUrl, urls, violations);
    if (tokenUrl != null) {
      BaseUrl.check("tokenUrl", tokenUrl, urls, violations);
    }
    credentials.forEach(given -> violations.addAll(given.violations()));
    if (credentials.size() > 1) {
      violations.add(new Violation("credentials", "must be given in one way only"));
    }
    return violations;
  }
}
