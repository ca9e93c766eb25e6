package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.core.Progress.Kind;
import health.ferry.core.internal.time.Signal;
import health.ferry.testkit.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tokens that end before the export does. */
class TokenLifeTest extends SandboxTest {

  private BulkFhirClient signing(UnaryOperator<BulkFhirClientBuilder> change) throws Exception {
    var keys = TestKeys.ec("secp384r1");
    partner.registerKey(keys.getPublic());
    SigningKey key = SigningKey.parse(TestKeys.pkcs8(keys.getPrivate()), null);
    return opened(b -> change.apply(b.backendServices(partner.clientId(), key)));
  }

  private static String bearer(RecordedRequest request) {
    return request.header("Authorization").orElse("none");
  }

  @Test
  void an_export_of_many_files_outlives_its_five_second_tokens() throws Exception {
    options(o -> o.tokenLifetime(Duration.ofSeconds(5)).resourcesPerFile(2));
    VirtualTime time = new VirtualTime();
    BulkFhirClient client = signing(b -> b.time(time, NO_BACKOFF));

    ExportResult result =
        client.export(
            EVERYTHING,
            out(),
            o ->
                o.parallel(1)
                    .onProgress(
                        step -> {
                          if (step.kind() == Kind.FILE_DONE) {
                            passTwoSeconds(time);
                          }
                        }));

    assertThat(result.isComplete()).isTrue();
    List<RecordedRequest> files = partner.files().requests();
    assertThat(files).hasSizeGreaterThan(10);
    assertThat(time.passed()).isEqualTo(Duration.ofSeconds(2).multipliedBy(files.size()));
    // Used after 0, 2 and 4 seconds of life, and not after 6.
    Map<String, Long> filesByToken =
        files.stream().collect(Collectors.groupingBy(TokenLifeTest::bearer, Collectors.counting()));
    assertThat(filesByToken).doesNotContainKey("none").hasSizeGreaterThan(3);
    assertThat(filesByToken.values()).allMatch(count -> count <= 3);
  }

  @Test
  void a_token_that_the_server_ends_early_costs_one_more_request_each_time() throws Exception {
    options(o -> o.resourcesPerFile(2).tokens(t -> t.uses(4).needsIat(true)));

    ExportResult result = signing(b -> b).export(EVERYTHING, out(), o -> o.parallel(1));

    assertThat(result.isComplete()).isTrue();
    // Every call is refused at most once: what a used-up token was refused, the next one got.
    Map<String, Long> callsByPath =
        partner.files().requests().stream()
            .collect(Collectors.groupingBy(RecordedRequest::path, Collectors.counting()));
    assertThat(callsByPath).hasSizeGreaterThan(10);
    assertThat(callsByPath.values()).allMatch(count -> count <= 2).contains(2L);
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  private void passTwoSeconds(VirtualTime time) {
    partner.moveClock(Duration.ofSeconds(2));
    try {
      time.await(new Signal(), Duration.ofSeconds(2).toNanos());
    } catch (InterruptedException cancelled) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_token_that_is_revoked_between_files_is_replaced_once_for_all_of_them() throws Exception {
    options(o -> o.resourcesPerFile(2));
    AtomicBoolean revoked = new AtomicBoolean();

    ExportResult result =
        signing(b -> b)
            .export(
                EVERYTHING,
                out(),
                o ->
                    o.parallel(4)
                        .onProgress(
                            step -> {
                              if (step.kind() == Kind.FILE_DONE && !revoked.getAndSet(true)) {
                                partner.revokeTokens();
                              }
                            }));

    assertThat(result.failures()).isEmpty();
    assertThat(partner.tokenRequests()).isEqualTo(2);
    assertThat(partner.files().requests().stream().map(TokenLifeTest::bearer).distinct())
        .hasSize(2);
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void sixteen_exports_at_once_ask_for_one_token() throws Exception {
    BulkFhirClient client = signing(b -> b);
    CountDownLatch ready = new CountDownLatch(16);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      Callable<String> start =
          () -> {
            ready.countDown();
            ready.await();
            return client.startExport(EVERYTHING).resumeToken();
          };
      List<Future<String>> started =
          IntStream.range(0, 16).mapToObj(number -> threads.submit(start)).toList();

      for (Future<String> job : started) {
        assertThat(job.get()).isNotEmpty();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(partner.kickOffs()).isEqualTo(16);
    assertThat(partner.tokenRequests()).isEqualTo(1);
  }
}
