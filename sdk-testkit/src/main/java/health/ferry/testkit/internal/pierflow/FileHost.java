package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.Fault;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileGuard;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.PierflowOptions;
import health.ferry.testkit.RecordedRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The other host, on which the archives lie (fact sheet, 3.2). A link works for a time, and only
 * without credentials. Thread-safe.
 */
final class FileHost implements AutoCloseable {

  private static final String SIGNATURE = "signature";

  private final Supplier<PierflowOptions> options;
  private final Clock clock;
  private final String marker;
  private final FaultyServer server = FaultyServer.start();
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();
  private final AtomicInteger links = new AtomicInteger();

  /**
   * Starts the host.
   *
   * @param marker stands in every signature
   */
  FileHost(Supplier<PierflowOptions> options, Clock clock, String marker) {
    this.options = options;
    this.clock = clock;
    this.marker = marker;
  }

  FaultyServer server() {
    return server;
  }

  static String path(String packageId) {
    return "/raw/upload/packages/" + PathSegment.encoded(packageId) + ".zip";
  }

  /** A fresh link to a package. */
  String link(HeldPackage held) {
    PierflowOptions behave = options.get();
    FileOptions served = behave.files();
    FileGuard guard = FileGuard.noAuthorization().and(this::refusal).and(served.guard());
    server.serve(path(held.id()), held.content().body(), served.guard(guard));
    String signature = marker + "-link-" + links.incrementAndGet();
    ends.put(signature, clock.instant().plus(behave.linkLifetime()));
    return server.url(path(held.id()) + "?" + SIGNATURE + "=" + signature);
  }

  private Optional<Fault> refusal(RecordedRequest request) {
    List<String> signature = request.queryValues(SIGNATURE);
    Instant end =
        signature.size() == 1 ? ends.getOrDefault(signature.get(0), Instant.MIN) : Instant.MIN;
    return clock.instant().isBefore(end)
        ? Optional.empty()
        : Optional.of(Fault.status(options.get().expiredLink()));
  }

  @Override
  public void close() {
    server.close();
  }
}
