package health.ferry.core.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.CallInfo;
import health.ferry.core.CancelledException;
import health.ferry.core.IntegrityException;
import health.ferry.core.NotFoundException;
import health.ferry.core.Progress;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException;
import health.ferry.core.TransportException.Phase;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.testkit.Body;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.Framing;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file comes whole or not at all, whatever the network does, and goes on where it broke off. */
class FileDownloadTest {

  private static final byte[] CONTENT = Download.lines(700_000);
  private static final FileOptions PLAIN = FileOptions.defaults();
  private static final FileOptions GZIP = PLAIN.gzip(true);

  @TempDir Path folder;

  private final FaultyServer server = FaultyServer.start();
  private Path target;
  private Download download;

  @BeforeEach
  void prepare() {
    target = folder.resolve("Patient-1.ndjson");
    download = new Download(target);
  }

  @AfterEach
  void close() {
    download.close();
    server.close();
  }

  private void serve(FileOptions options, Fault... faults) {
    server.serve("/file", Body.of(CONTENT), options);
    server.fault("/file", faults);
  }

  private long fetch() {
    return download.fetch(server.url("/file"));
  }

  private List<RecordedRequest> requests() {
    return server.requests("/file");
  }

  private List<Optional<String>> ranges() {
    return requests().stream().map(request -> request.header("Range")).toList();
  }

  /** Whole, nothing beside it, and nobody saw less of it. */
  private void assertWhole() throws IOException {
    assertThat(target).hasBinaryContent(CONTENT);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(target);
    }
    assertThat(download.wasSeenUnderFinalName()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("encodings_and_framings")
  void arrives_byte_for_byte(FileOptions options) throws IOException {
    serve(options);

    assertThat(fetch()).isEqualTo(CONTENT.length);

    assertWhole();
    assertThat(requests()).hasSize(1);
    assertThat(requests().get(0).header("Accept")).contains("application/fhir+ndjson");
    assertThat(requests().get(0).header("Accept-Encoding")).contains("gzip");
    assertThat(ranges()).containsExactly(Optional.empty());
  }

  static Stream<FileOptions> encodings_and_framings() {
    return Stream.of(PLAIN, GZIP)
        .flatMap(encoding -> Stream.of(Framing.values()).map(encoding::framing));
  }

  @Test
  void an_empty_file_arrives_too() {
    server.serve("/file", Body.of(""), PLAIN);

    assertThat(fetch()).isZero();

    assertThat(target).isEmptyFile();
  }

  static Stream<Arguments> cuts() {
    return IntStream.of(1, 1_000, 262_143, 262_144, 262_145, 400_000)
        .boxed()
        .flatMap(
            offset ->
                Stream.of(
                    Arguments.of(offset, "length", PLAIN, Fault.cutAfter(offset)),
                    Arguments.of(
                        offset, "chunk", PLAIN.framing(Framing.CHUNKED), Fault.cutAfter(offset)),
                    Arguments.of(offset, "length, gzip", GZIP, Fault.cutAfter(offset / 4)),
                    Arguments.of(
                        offset,
                        "chunk, gzip",
                        GZIP.framing(Framing.CHUNKED),
                        Fault.cutAfter(offset / 4))));
  }

  @ParameterizedTest(name = "cut at {0} by {1}")
  @MethodSource("cuts")
  void goes_on_where_it_was_cut(int offset, String how, FileOptions options, Fault cut)
      throws IOException {
    serve(options, cut);

    fetch();

    assertWhole();
    int received = how.endsWith("gzip") ? offset / 4 : offset;
    assertThat(ranges())
        .containsExactly(
            Optional.empty(),
            received == 0 ? Optional.empty() : Optional.of("bytes=" + received + "-"));
    assertThat(requests().get(1).bytesSent()).isLessThanOrEqualTo(CONTENT.length - received);
    // A range counts over one encoding: the continuation must ask for the same.
    if (received > 0) {
      assertThat(requests().get(1).header("Accept-Encoding"))
          .contains(how.endsWith("gzip") ? "gzip" : "identity");
      assertThat(requests().get(1).header("If-Range")).get().asString().startsWith("\"");
    }
  }

  @Test
  void a_gzip_body_that_just_ends_is_found_out_by_its_trailer() throws IOException {
    serve(GZIP.framing(Framing.CLOSE), Fault.cutAfter(100_000));

    fetch();

    assertWhole();
    assertThat(requests()).hasSize(2);
  }

  @Test
  void goes_on_after_a_reset_in_the_middle() throws IOException {
    serve(PLAIN, Fault.resetAfter(300_000));

    fetch();

    assertWhole();
    assertThat(requests()).hasSize(2);
  }

  @Test
  void a_stall_is_broken_off_and_taken_up_again() throws IOException {
    serve(PLAIN, Fault.stallAfter(300_000));

    try (Download impatient = new Download(target, Duration.ofSeconds(1))) {
      impatient.fetch(server.url("/file"));
    }

    assertWhole();
    assertThat(ranges()).containsExactly(Optional.empty(), Optional.of("bytes=300000-"));
  }

  @Test
  void a_server_that_never_goes_on_ends_as_a_stall() {
    serve(PLAIN);
    server.fault("/file", 20, Fault.stallAfter(0));

    TransportException stalled;
    try (Download impatient = new Download(target, Duration.ofMillis(500))) {
      stalled =
          catchThrowableOfType(
              TransportException.class, () -> impatient.fetch(server.url("/file")));
    }

    assertThat(stalled.phase()).isEqualTo(Phase.BODY);
    assertThat(stalled).hasMessageContaining("the answer stalled");
    assertThat(requests()).hasSize(5);
    assertThat(target).doesNotExist();
  }

  @Test
  void attempts_are_counted_anew_as_long_as_bytes_arrive() throws IOException {
    serve(PLAIN);
    server.fault("/file", 30, Fault.cutAfter(20_000));

    fetch();

    assertWhole();
    assertThat(requests()).hasSize(31);
    assertThat(server.bytesSent("/file")).isEqualTo(CONTENT.length);
  }

  @Test
  void a_changed_etag_starts_again() throws IOException {
    serve(PLAIN, Fault.etag("\"before\"").and(Fault.cutAfter(100_000)));

    fetch();

    assertWhole();
    assertThat(requests().get(1).header("If-Range")).contains("\"before\"");
    assertThat(requests().get(1).bytesSent()).isEqualTo(CONTENT.length);
  }

  @ParameterizedTest
  @MethodSource("weak_and_missing_etags")
  void without_a_strong_etag_it_starts_again(FileOptions options) throws IOException {
    serve(options, Fault.cutAfter(100_000));

    fetch();

    assertWhole();
    assertThat(ranges()).containsExactly(Optional.empty(), Optional.empty());
  }

  static Stream<FileOptions> weak_and_missing_etags() {
    return Stream.of(PLAIN.weakEtag(), PLAIN.noEtag(), GZIP.weakEtag(), GZIP.noEtag());
  }

  @Test
  void a_server_that_ignores_the_range_sends_all_of_it_again() throws IOException {
    serve(PLAIN.ranges(false), Fault.cutAfter(100_000));

    fetch();

    assertWhole();
    assertThat(ranges()).containsExactly(Optional.empty(), Optional.of("bytes=100000-"));
    assertThat(requests().get(1).bytesSent()).isEqualTo(CONTENT.length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 0-99/700000",
        "bytes 99999-700000/700001",
        "lines 1-2/3",
        "bytes 100000-99/99999999999999999999",
        ""
      })
  void a_wrong_content_range_starts_again(String contentRange) throws IOException {
    serve(
        PLAIN,
        Fault.cutAfter(100_000),
        Fault.status(206).body("not what was asked for").header("Content-Range", contentRange));

    fetch();

    assertWhole();
    assertThat(ranges())
        .containsExactly(Optional.empty(), Optional.of("bytes=100000-"), Optional.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "text/html"})
  void a_416_starts_again_whatever_page_comes_with_it(String contentType) throws IOException {
    serve(
        PLAIN,
        Fault.cutAfter(100_000),
        Fault.status(416).body("<html></html>").header("Content-Type", contentType));

    fetch();

    assertWhole();
    assertThat(requests()).hasSize(3);
  }

  @Test
  void a_cut_after_the_last_byte_ends_whole() throws IOException {
    serve(PLAIN.framing(Framing.CHUNKED), Fault.cutAfter(CONTENT.length));

    fetch();

    assertWhole();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5_000})
  void a_content_length_above_the_truth_is_taken_as_a_cut(int difference) throws IOException {
    serve(PLAIN, Fault.wrongContentLength(difference));

    fetch();

    assertWhole();
  }

  @Test
  void a_content_length_below_the_truth_is_found_out_by_the_trailer() throws IOException {
    serve(GZIP, Fault.wrongContentLength(-100));

    fetch();

    assertWhole();
    assertThat(requests()).hasSize(2);
  }

  @Test
  void a_wrong_gzip_trailer_starts_again() throws IOException {
    serve(GZIP, Fault.wrongGzipTrailer());

    fetch();

    assertWhole();
    assertThat(ranges()).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void a_wrong_gzip_trailer_that_stays_is_an_error_and_no_file() {
    serve(GZIP);
    server.fault("/file", 5, Fault.wrongGzipTrailer());

    IntegrityException broken = catchThrowableOfType(IntegrityException.class, this::fetch);

    assertThat(broken.attempts()).isEqualTo(5);
    assertThat(requests()).hasSize(5);
    assertThat(target).doesNotExist();
    assertThat(folder.resolve("Patient-1.ndjson.tmp")).doesNotExist();
    assertThat(download.part()).isEmptyFile();
  }

  @Test
  void an_encoding_that_was_not_asked_for_is_refused() {
    serve(PLAIN, Fault.status(200).body("?").header("Content-Encoding", "br"));

    assertThatThrownBy(this::fetch)
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("a content encoding that was not asked for");
    assertThat(target).doesNotExist();
  }

  @Test
  void a_web_page_is_no_file_and_keeps_what_was_there() throws IOException {
    serve(PLAIN, Fault.cutAfter(100_000), Fault.html());

    assertThatThrownBy(this::fetch)
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("an HTML page came instead of Patient-1.ndjson");
    assertThat(target).doesNotExist();

    fetch();
    assertWhole();
    assertThat(requests().get(2).header("Range")).contains("bytes=100000-");
  }

  @Test
  void a_part_outlives_a_failure_and_another_url_takes_it_up() throws IOException {
    serve(PLAIN, Fault.cutAfter(100_000));
    server.fault("/file", 5, Fault.status(500));

    assertThatThrownBy(this::fetch).isInstanceOf(ServerException.class);
    assertThat(target).doesNotExist();
    assertThat(download.part()).hasSize(100_000);

    server.serve("/renewed", Body.of(CONTENT), PLAIN);
    try (Download again = new Download(target)) {
      again.fetch(server.url("/renewed?signature=new"));
    }
    assertThat(server.requests("/renewed").get(0).header("Range")).contains("bytes=100000-");
    assertWhole();
  }

  @Test
  void another_file_under_the_same_name_takes_nothing_up() throws IOException {
    serve(PLAIN, Fault.cutAfter(100_000));
    server.fault("/file", 5, Fault.status(404));
    assertThatThrownBy(this::fetch).isInstanceOf(NotFoundException.class);
    server.clearFaults();

    try (Download other = new Download(target).identifiedBy("Patient-2")) {
      other.fetch(server.url("/file"));
    }

    assertThat(ranges().get(2)).isEmpty();
    assertWhole();
  }

  @Test
  void tells_of_each_step_in_wire_bytes() {
    serve(PLAIN, Fault.cutAfter(100_000));

    fetch();

    assertThat(download.progress())
        .extracting(Progress::kind)
        .startsWith(Progress.Kind.FILE_STARTED)
        .endsWith(Progress.Kind.FILE_DONE);
    Progress done = download.progress().get(download.progress().size() - 1);
    assertThat(done.file()).contains("Patient-1.ndjson");
    assertThat(done.bytes()).isEqualTo(CONTENT.length);
    assertThat(done.totalBytes()).hasValue(CONTENT.length);
  }

  @Test
  void nothing_lies_under_the_final_name_while_bytes_arrive() throws IOException {
    serve(PLAIN);
    // Each look at the content takes its time, so that each is followed by a report.
    download.checkedBy(() -> (SeeingCheck) bytes -> download.time().pass(Duration.ofMillis(600)));

    fetch();

    assertThat(download.progress())
        .filteredOn(step -> step.kind() == Progress.Kind.FILE_BYTES)
        .isNotEmpty();
    assertWhole();
  }

  @Test
  void a_refused_byte_is_not_looked_at_twice() {
    serve(PLAIN);
    List<Integer> looks = new ArrayList<>();
    download.checkedBy(
        () ->
            (SeeingCheck)
                bytes -> {
                  looks.add(bytes.length);
                  throw new IntegrityException(CallInfo.of("Partner", "read"), "refused", null);
                });

    assertThatThrownBy(this::fetch).isInstanceOf(IntegrityException.class);

    assertThat(requests()).hasSize(5);
    assertThat(looks).hasSize(5);
    assertThat(target).doesNotExist();
    assertThat(download.part()).isEmptyFile();
  }

  @Test
  void a_folder_in_the_place_of_the_part_is_no_failure_of_the_network() throws IOException {
    serve(PLAIN);
    Files.createDirectory(download.part());

    assertThatThrownBy(this::fetch)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("The disk failed for Patient-1.ndjson");
    assertThat(requests()).isEmpty();
  }

  @Test
  void an_interrupt_before_the_first_byte_is_no_failure_of_the_disk() throws IOException {
    serve(PLAIN);
    Thread.currentThread().interrupt();

    assertThatThrownBy(this::fetch).isInstanceOf(CancelledException.class);

    assertThat(Thread.interrupted()).isTrue();
    fetch();
    assertWhole();
  }

  @Test
  void an_interrupt_between_two_writes_is_no_failure_of_the_disk() throws IOException {
    serve(PLAIN);
    AtomicBoolean interrupts = new AtomicBoolean(true);
    download.checkedBy(() -> new InterruptingCheck(interrupts));

    assertThatThrownBy(this::fetch).isInstanceOf(CancelledException.class);

    assertThat(Thread.interrupted()).isTrue();
    fetch();
    assertWhole();
  }

  /** Interrupts the thread that writes, once. */
  private record InterruptingCheck(AtomicBoolean interrupts) implements ContentCheck {

    @Override
    public void update(byte[] bytes, int offset, int length) {
      if (interrupts.getAndSet(false)) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void finish(Path file) {}
  }

  @Test
  void a_folder_in_the_place_of_the_file_is_not_retried() throws IOException {
    serve(PLAIN);
    Files.createDirectories(target.resolve("occupied"));

    assertThatThrownBy(this::fetch).isInstanceOf(UncheckedIOException.class);

    assertThat(requests()).hasSize(1);
    assertThat(download.time().waits()).isEmpty();
  }

  @Test
  void a_folder_that_is_missing_is_not_made() {
    serve(PLAIN);
    try (Download lost = new Download(folder.resolve("missing/Patient-1.ndjson"))) {
      assertThatThrownBy(() -> lost.fetch(server.url("/file")))
          .isInstanceOf(UncheckedIOException.class);
    }
    assertThat(requests()).isEmpty();
  }

  /** A check that sees bytes and asks nothing of the whole. */
  @FunctionalInterface
  private interface SeeingCheck extends ContentCheck {

    void see(byte[] bytes);

    @Override
    default void update(byte[] bytes, int offset, int length) {
      see(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @Override
    default void finish(Path content) {}
  }
}
