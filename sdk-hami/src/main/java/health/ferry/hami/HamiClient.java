package health.ferry.hami;

import health.ferry.core.CallInfo;
import health.ferry.core.CallOptions;
import health.ferry.core.ConfigurationException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.core.Violation;
import health.ferry.core.internal.async.CancellableFuture;
import health.ferry.core.internal.async.ClientThreads;
import health.ferry.core.internal.call.CallContext;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.document.MalformedDocumentException;
import health.ferry.hami.internal.document.StrictUtf8;
import health.ferry.hami.internal.submit.KeyRateLimit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import okhttp3.HttpUrl;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * Sends FHIR R4 resources to HAMI's Universal Ingestion API.
 *
 * <pre>{@code
 * try (HamiClient hami =
 *     HamiClient.builder("https://api.hami.health", "north-clinic", Secret.fromEnv("HAMI_API_KEY"))
 *         .build()) {
 *   IngestionReceipt one = hami.submit(bundle);
 *   IngestionReport all =
 *       hami.submitAll(resources, options -> options.journal(Path.of("ingest.journal")));
 * }
 * }</pre>
 *
 * <p>Every bundle is checked by {@link Preflight} before it is sent. All clients of one key in this
 * process share HAMI's rate limit, 100 requests in any minute and 10 in any second (seed, "Rate
 * Limiting"): calls wait for their turn, first come first served, and after a 429 for as long as
 * HAMI asks.
 *
 * <p>Thread-safe; make one per group and keep it. Closing it ends its own threads and connections.
 */
public final class HamiClient implements AutoCloseable {

  private static final Duration LONGEST_SUBMIT = Duration.ofMinutes(10);

  private final HttpUrl base;
  private final String groupId;
  private final Transport transport;
  private final KeyRateLimit limit;
  private final ClientThreads threads;
  private final BundleCheck check;
  private final Submission submission;

  HamiClient(
      HttpUrl base,
      String groupId,
      Transport transport,
      KeyRateLimit limit,
      ClientThreads threads,
      BundleCheck check) {
    this.base = base;
    this.groupId = groupId;
    this.transport = transport;
    this.limit = limit;
    this.threads = threads;
    this.check = check;
    this.submission = new Submission(transport, base, groupId);
  }

  /**
   * Begins a client for one group.
   *
   * @param baseUrl the server, such as {@code https://api.hami.health}; with or without a slash at
   *     its end
   * @param groupId the organization's group identifier
   * @param apiKey the key of that group, sent as {@code X-API-KEY} to this server alone
   * @return a builder
   */
  public static HamiClientBuilder builder(String baseUrl, String groupId, Secret apiKey) {
    return new HamiClientBuilder(baseUrl, groupId, apiKey);
  }

  /**
   * Makes a client from the environment: {@code HAMI_BASE_URL}, {@code HAMI_GROUP_ID} and {@code
   * HAMI_API_KEY}.
   *
   * @return a client
   * @throws ConfigurationException naming every variable that is missing or wrong
   */
  public static HamiClient fromEnv() {
    return HamiEnvironment.client(System::getenv);
  }

  /**
   * Sends one transaction bundle.
   *
   * @param bundle at most 100 entries
   * @return HAMI's receipt: accepted, not stored
   * @throws InvalidInputException with everything that HAMI would refuse; nothing was sent
   * @throws health.ferry.core.ValidationException when HAMI refuses the bundle (400, 422)
   * @throws health.ferry.core.AuthenticationException when HAMI refuses the key
   * @throws health.ferry.core.NotFoundException when HAMI does not know the group
   * @throws health.ferry.core.RateLimitedException when HAMI answers 429 to the last attempt
   * @throws health.ferry.core.ServerException when HAMI answers 5xx to the last attempt
   * @throws health.ferry.core.TransportException when no answer came
   * @throws health.ferry.core.UnexpectedResponseException when the answer is none of HAMI's
   */
  public IngestionReceipt submit(Bundle bundle) {
    return submit(bundle, CallOptions.defaults());
  }

  /**
   * Sends one transaction bundle.
   *
   * @param bundle at most 100 entries; encoded once
   * @param options the deadline, ten minutes by default, waits for the rate limit included
   * @return HAMI's receipt: accepted, not stored
   */
  public IngestionReceipt submit(Bundle bundle, CallOptions options) {
    return submit(bytes(bundle), options, new Cancellation());
  }

  /**
   * Sends one transaction bundle as the text that it is.
   *
   * @param json the bundle's JSON, at most 100 entries; sent as given, in UTF-8
   * @return HAMI's receipt: accepted, not stored
   */
  public IngestionReceipt submit(String json) {
    return submit(json, CallOptions.defaults());
  }

  /**
   * Sends one transaction bundle as the text that it is.
   *
   * @param json the bundle's JSON, at most 100 entries; sent as given, in UTF-8
   * @param options the deadline, ten minutes by default, waits for the rate limit included
   * @return HAMI's receipt: accepted, not stored
   */
  public IngestionReceipt submit(String json, CallOptions options) {
    return submit(bytes(json), options, new Cancellation());
  }

  /**
   * The same on another thread; cancelling the future stops it where it is.
   *
   * @param bundle at most 100 entries; must not change before it is sent
   * @param options the deadline, ten minutes by default
   * @return HAMI's receipt to come
   */
  public CompletableFuture<IngestionReceipt> submitAsync(Bundle bundle, CallOptions options) {
    return CancellableFuture.run(
        threads, cancellation -> submit(bytes(bundle), options, cancellation));
  }

  /**
   * The same on another thread; cancelling the future stops it where it is.
   *
   * @param json the bundle's JSON, at most 100 entries
   * @param options the deadline, ten minutes by default
   * @return HAMI's receipt to come
   */
  public CompletableFuture<IngestionReceipt> submitAsync(String json, CallOptions options) {
    return CancellableFuture.run(
        threads, cancellation -> submit(bytes(json), options, cancellation));
  }

  private static byte[] bytes(Bundle bundle) {
    return bytes(FhirR4.shared().codec().encode(bundle));
  }

  private static byte[] bytes(String json) {
    try {
      return StrictUtf8.of(json);
    } catch (MalformedDocumentException malformed) {
      throw new InvalidInputException(
          CallInfo.of(HamiClientBuilder.NAME.partner(), "submit"),
          List.of(new Violation("json", malformed.problem())));
    }
  }

  private IngestionReceipt submit(byte[] bundle, CallOptions options, Cancellation cancellation) {
    CallContext call = transport.call("submit", options, LONGEST_SUBMIT, cancellation);
    PreflightReport checked = check.check(bundle);
    checked.orThrow();
    return submission.send(bundle, checked.warnings(), call);
  }

  /**
   * Sends any number of resources, bundle by bundle, with the default options: one at a time, no
   * journal.
   *
   * @param resources gone through once, and laid down in a temporary file where they are many: see
   *     {@link TransactionBundles}
   * @return what was accepted and what was not
   * @see #submitAll(TransactionBundles, UnaryOperator)
   */
  public IngestionReport submitAll(Iterable<? extends Resource> resources) {
    return submitAll(resources, options -> options);
  }

  /**
   * Sends any number of resources, bundle by bundle.
   *
   * @param resources gone through once, and laid down in a temporary file where they are many: see
   *     {@link TransactionBundles}
   * @param options changes the defaults, as in {@code options -> options.journal(path)}
   * @return what was accepted and what was not
   * @see #submitAll(TransactionBundles, UnaryOperator)
   */
  public IngestionReport submitAll(
      Iterable<? extends Resource> resources, UnaryOperator<IngestionOptions> options) {
    return submitAll(TransactionBundles.of(resources), options);
  }

  /**
   * Sends bundles with the default options: one at a time, no journal.
   *
   * @param bundles from resources, files or a large bundle
   * @return what was accepted and what was not
   * @see #submitAll(TransactionBundles, UnaryOperator)
   */
  public IngestionReport submitAll(TransactionBundles bundles) {
    return submitAll(bundles, options -> options);
  }

  /**
   * Sends bundles, one at a time as the seed advises, or a few at a time.
   *
   * <p>All bundles are checked before the first is sent; what HAMI would refuse ends the call there
   * and then. A bundle that HAMI refuses after all (400, 409, 413, 422) is reported, with the
   * inputs that it is about, and the others go on; a refusal of the caller (401, 403, 404 and any
   * other 4xx) ends the call at once, and so does a 429 to the last attempt, or one that asks for
   * more than two minutes. A bundle without an answer (5xx to the last attempt, a lost connection,
   * an answer that is none of HAMI's) stays pending, and three of them in a row end the call.
   *
   * <p>A run that has ended leaves nothing on disk but the journal, if there is one. While it goes
   * on, input in any order that is too much for memory is in a temporary file, see {@link
   * TransactionBundles}.
   *
   * <p>With a journal every outcome is on disk before the next bundle is taken. Called again with
   * the same journal and input it sends only what has no outcome yet, and what was under way when a
   * process was killed goes again with the same bytes.
   *
   * @param bundles from resources, files or a large bundle
   * @param options changes the defaults, as in {@code options -> options.journal(path)}
   * @return what was accepted and what was not, over the whole journal; {@link
   *     IngestionReport#stopped()} says why something is pending
   * @throws InvalidInputException when there is nothing to send, when a bundle has errors, each
   *     named by bundle, path and rule, or when the journal is in use, damaged, or of another
   *     group; nothing was sent
   * @throws java.io.UncheckedIOException when the journal cannot be written
   */
  public IngestionReport submitAll(
      TransactionBundles bundles, UnaryOperator<IngestionOptions> options) {
    return submitAll(bundles, options.apply(IngestionOptions.defaults()), new Cancellation());
  }

  /**
   * The same on another thread; cancelling the future stops it where it is, and what the journal
   * holds stays true.
   *
   * @param resources gone through once, on that thread
   * @param options changes the defaults
   * @return what was accepted and what was not, later
   */
  public CompletableFuture<IngestionReport> submitAllAsync(
      Iterable<? extends Resource> resources, UnaryOperator<IngestionOptions> options) {
    IngestionOptions chosen = options.apply(IngestionOptions.defaults());
    return CancellableFuture.run(
        threads, cancellation -> submitAll(TransactionBundles.of(resources), chosen, cancellation));
  }

  /**
   * The same on another thread; cancelling the future stops it where it is, and what the journal
   * holds stays true.
   *
   * @param bundles gone through more than once, on that thread
   * @param options changes the defaults
   * @return what was accepted and what was not, later
   */
  public CompletableFuture<IngestionReport> submitAllAsync(
      TransactionBundles bundles, UnaryOperator<IngestionOptions> options) {
    IngestionOptions chosen = options.apply(IngestionOptions.defaults());
    return CancellableFuture.run(threads, cancellation -> submitAll(bundles, chosen, cancellation));
  }

  private IngestionReport submitAll(
      TransactionBundles bundles, IngestionOptions options, Cancellation cancellation) {
    CallContext call =
        transport.call("submitAll", options.call(), IngestionOptions.LONGEST, cancellation);
    try (BundleReading reading = bundles.reading()) {
      // First: an input that cannot be sent leaves no journal behind.
      CheckedInput input = CheckedInput.of(reading, check, call);
      try (IngestionJournal journal =
          IngestionJournal.open(options.journal(), Origin.of(base), groupId)) {
        return new BundleIngestion(submission, threads, journal, options, call).run(reading, input);
      }
    }
  }

  /**
   * Ends this client's own threads and connections. The key's rate limit stays in force for other
   * clients, and for one that is made right afterwards.
   */
  @Override
  public void close() {
    threads.close();
    transport.close();
    limit.close();
  }
}
