package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.ApiException;
import health.ferry.core.IntegrityException;
import health.ferry.core.NotFoundException;
import health.ferry.core.Progress.Kind;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.testkit.Canary;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.Framing;
import health.ferry.testkit.RecordedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that break on the way: taken up again, or named among the failures; never half there. */
class FileFaultsTest extends SandboxTest {

  private static final String FILE = "/files/job-1/Patient-1.ndjson";
  private static final int ALL_TRIES = 5;
  private static final ExportRequest PATIENTS = ExportRequest.system().types("Patient").build();

  private static FileOptions gzip(FileOptions files) {
    return files.gzip(true);
  }

  private static FileOptions plain(FileOptions files) {
    return files;
  }

  /** What the server has under a path of the file server, as a client without faults sees it. */
  private Map<String, String> reference() {
    Path directory = folder.resolve("reference");
    ExportResult result = client().export(PATIENTS, directory, ExportOptions::keepJob);
    assertThat(result.isComplete()).isTrue();
    return contents(directory);
  }

  static Stream<Arguments> passingFaults() {
    return Stream.of(
            Fault.cutAfter(0),
            Fault.cutAfter(100),
            Fault.resetAfter(57),
            Fault.resetBeforeHeaders(),
            Fault.stallAfter(60),
            Fault.wrongContentLength(10),
            Fault.wrongContentLength(-10),
            Fault.wrongGzipTrailer(),
            Fault.status(500),
            Fault.status(503),
            Fault.status(429),
            Fault.status(408),
            Fault.etag("\"another\"").and(Fault.cutAfter(40)))
        .flatMap(
            fault ->
                Stream.of(
                    Arguments.of(fault, (UnaryOperator<FileOptions>) FileFaultsTest::plain),
                    Arguments.of(fault, (UnaryOperator<FileOptions>) FileFaultsTest::gzip)));
  }

  @ParameterizedTest
  @MethodSource("passingFaults")
  void a_fault_that_passes_leaves_no_trace(Fault fault, UnaryOperator<FileOptions> files) {
    options(o -> o.files(files.apply(FileOptions.defaults())));
    Map<String, String> expected = reference();
    partner.files().fault("/files/job-2/Patient-1.ndjson", fault);

    ExportResult result = client().export(PATIENTS, out());

    assertThat(result.failures()).isEmpty();
    assertThat(contents(out())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"chunked", "close"})
  void a_body_without_a_length_that_breaks_off_is_taken_up_again(String framing) {
    options(
        o ->
            o.files(
                FileOptions.defaults()
                    .framing(framing.equals("close") ? Framing.CLOSE : Framing.CHUNKED)));
    Map<String, String> expected = reference();
    partner.files().fault("/files/job-2/Patient-1.ndjson", Fault.cutAfter(111));

    assertThat(client().export(PATIENTS, out()).failures()).isEmpty();
    assertThat(contents(out())).isEqualTo(expected);
  }

  @Test
  void a_file_is_taken_up_where_it_broke_off() {
    partner.files().fault(FILE, Fault.cutAfter(100), Fault.cutAfter(50));

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

    List<RecordedRequest> sent = partner.files().requests(FILE);
    assertThat(sent).hasSize(3);
    assertThat(sent.get(0).header("Range")).isEmpty();
    assertThat(sent.get(1).header("Range")).contains("bytes=100-");
    assertThat(sent.get(2).header("Range")).contains("bytes=150-");
    assertThat(sent.get(1).header("If-Range")).isPresent();
    assertThat(sent.get(1).header("Accept-Encoding")).contains("identity");
  }

  @Test
  void a_compressed_file_is_taken_up_in_its_compressed_bytes() {
    options(o -> o.files(FileOptions.defaults().gzip(true)));
    partner.files().fault(FILE, Fault.cutAfter(90));

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

    RecordedRequest second = partner.files().requests(FILE).get(1);
    assertThat(second.header("Range")).contains("bytes=90-");
    assertThat(second.header("Accept-Encoding")).contains("gzip");
  }

  static Stream<Arguments> lastingFaults() {
    return Stream.of(
        Arguments.of(Fault.html(), UnexpectedResponseException.class, 1),
        Arguments.of(Fault.wrongContentLength(-10), IntegrityException.class, ALL_TRIES),
        Arguments.of(Fault.stallAfter(0), TransportException.class, ALL_TRIES),
        Arguments.of(Fault.resetBeforeHeaders(), TransportException.class, ALL_TRIES),
        Arguments.of(Fault.status(500), ServerException.class, ALL_TRIES),
        Arguments.of(Fault.status(400), ApiException.class, 1),
        Arguments.of(Fault.status(200).body("no JSON\n"), IntegrityException.class, ALL_TRIES),
        Arguments.of(Fault.status(200).body("<xml/>\n"), IntegrityException.class, ALL_TRIES));
  }

  @ParameterizedTest
  @MethodSource("lastingFaults")
  void a_fault_that_stays_fails_its_file_alone(
      Fault fault, Class<? extends Exception> type, int tries) {
    partner.files().fault(FILE, 20, fault);

    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.isComplete()).isFalse();
    assertThat(result.failures()).extracting(FailedFile::file).containsExactly("Patient-1.ndjson");
    assertThat(result.failures().get(0).cause()).isInstanceOf(type);
    assertThat(result.failures().get(0).reason()).startsWith("Bulk FHIR download failed: ");
    Canary.assertAbsent(result.failures().get(0).cause());
    assertThat(partner.files().requests(FILE)).hasSize(tries);
    assertThat(Files.exists(out().resolve("Patient-1.ndjson"))).isFalse();
    assertThat(finished(out())).hasSize(partner.lastJob().filePaths().size() - 1);
    assertThat(partner.deletes()).isZero();
    assertThatThrownBy(result::orThrow).isInstanceOf(type);
  }

  @Test
  void a_wrong_gzip_trailer_that_stays_is_no_file() {
    options(o -> o.files(FileOptions.defaults().gzip(true)));
    partner.files().fault(FILE, 20, Fault.wrongGzipTrailer());

    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.failures().get(0).cause())
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("gzip");
    assertThat(finished(out())).doesNotContain("Patient-1.ndjson");
  }

  @Test
  void an_outcome_in_place_of_a_file_is_told_behind_accessors() {
    partner
        .files()
        .fault(
            FILE,
            20,
            Fault.status(404)
                .header("Content-Type", "application/fhir+json")
                .body(
                    "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\","
                        + "\"code\":\"not-found\",\"diagnostics\":\"of "
                        + Canary.FAMILY
                        + "\"}]}"));

    ExportResult result = client().export(EVERYTHING, out());

    NotFoundException missing = (NotFoundException) result.failures().get(0).cause();
    assertThat(missing.errorCode()).contains("not-found");
    assertThat(missing.errorMessage()).contains("of " + Canary.FAMILY);
    Canary.assertAbsent(missing);
  }

  @Test
  void a_count_that_does_not_fit_is_found_out() {
    options(
        o ->
            o.manifestEdit(
                text -> text.replaceFirst("(\"type\":\"Patient\"[^}]*\"count\":)3", "$14")));

    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.failures()).extracting(FailedFile::file).containsExactly("Patient-1.ndjson");
    assertThat(result.failures().get(0).cause())
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("holds 3 resources, the manifest says 4");
  }

  @Test
  void an_outcome_that_comes_as_a_file_of_patients_is_found_out() {
    options(o -> o.counts(false));
    partner
        .files()
        .fault(
            FILE,
            20,
            Fault.status(200)
                .header("Content-Type", "application/fhir+ndjson")
                .body("{\"resourceType\":\"OperationOutcome\",\"issue\":[]}\n"));

    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.failures()).extracting(FailedFile::file).containsExactly("Patient-1.ndjson");
    assertThat(result.failures().get(0).cause())
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("holds an OperationOutcome where Patient resources were promised");
  }

  @Test
  void files_travel_side_by_side_but_no_more_than_asked() {
    options(o -> o.resourcesPerFile(3).files(FileOptions.defaults().bytesPerSecond(15_000)));
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();

    ExportResult result =
        client()
            .export(
                EVERYTHING,
                out(),
                o ->
                    o.parallel(3)
                        .onProgress(
                            step -> {
                              if (step.kind() == Kind.FILE_STARTED) {
                                most.accumulateAndGet(open.incrementAndGet(), Math::max);
                              } else if (step.kind() == Kind.FILE_DONE) {
                                open.decrementAndGet();
                              }
                            }));

    assertThat(result.isComplete()).isTrue();
    assertThat(most).hasValue(3);
  }
}
