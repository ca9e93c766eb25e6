package health.ferry.pierflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.CallOptions;
import health.ferry.core.CancelledException;
import health.ferry.core.ConflictException;
import health.ferry.core.IntegrityException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.NotFoundException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.testkit.Body;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FaultyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A package's ZIP arrives whole and right, or not at all, from servers of each generation. */
class PackageDownloadTest extends PackageServers {

  private Path download(ImportPackage pkg) {
    try (PierflowClient client = client()) {
      return client.download(pkg, folder);
    }
  }

  private void assertWhole() throws IOException {
    assertThat(target()).hasBinaryContent(ZIP);
    assertThat(files()).containsExactly(ID + ".zip");
  }

  @Test
  void the_zip_of_the_seeds_generation_arrives_byte_for_byte() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(aResponse().withHeader("Content-Type", "application/zip").withBody(ZIP));

    assertThat(download(pkg)).isEqualTo(target());

    assertWhole();
    assertThat(requests()).hasSize(1);
    assertThat(requests().get(0).getUrl()).isEqualTo(DOWNLOAD);
    assertThat(requests().get(0).getHeader("Authorization")).isEqualTo("Bearer " + KEY);
    assertThat(requests().get(0).getHeader("Accept"))
        .isEqualTo("application/zip, application/octet-stream, application/json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/octet-stream", "binary/octet-stream", "application/zip; x=1"})
  void a_file_is_what_is_not_json(String contentType) throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(aResponse().withHeader("Content-Type", contentType).withBody(ZIP));

    download(pkg);

    assertWhole();
  }

  @Test
  void the_link_of_the_newer_generation_is_followed() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE + "?s=1"), sha256(ZIP)));

    download(pkg);

    assertWhole();
    assertThat(requests()).hasSize(1);
    assertThat(storage.requests()).hasSize(1);
  }

  @Test
  void a_redirect_is_followed_too() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(aResponse().withStatus(302).withHeader("Location", storage.url(FILE)));

    download(pkg);

    assertWhole();
  }

  @Test
  void a_package_of_which_only_the_id_is_known_is_held_to_the_checksum_of_the_answer()
      throws IOException {
    answers(link(storage.url(FILE), sha256(ZIP)));
    try (PierflowClient client = client()) {
      assertThat(client.download(ID, folder)).isEqualTo(target());
    }
    assertWhole();
    assertThat(requests().get(0).getUrl()).isEqualTo(DOWNLOAD);

    Files.delete(target());
    answers(link(storage.url(FILE), sha256(bytes(1))));
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.download(ID, folder)).isInstanceOf(IntegrityException.class);
    }
    assertThat(target()).doesNotExist();
  }

  @Test
  void a_package_without_any_checksum_is_taken_as_it_comes() throws IOException {
    ImportPackage pkg = listed("\"checksum_sha256\":null", baseUrl());
    answers(json(200, "{\"download_url\":\"" + storage.url(FILE) + "\",\"checksum_sha256\":null}"));

    download(pkg);

    assertWhole();
  }

  @Test
  void what_breaks_off_goes_on_where_it_ended() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(ZIP)));
    storage.fault(FILE, Fault.cutAfter(300_000), Fault.resetAfter(200_000));

    download(pkg);

    assertWhole();
    assertThat(ranges(storage.requests())).hasSize(3).startsWith(Optional.empty());
    assertThat(storage.requests().get(1).header("Range")).contains("bytes=300000-");
    assertThat(storage.requests().get(1).header("If-Range")).isPresent();
    assertThat(requests()).hasSize(1);
  }

  @Test
  void the_zip_itself_goes_on_where_it_ended_too() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    try (FaultyServer partner = FaultyServer.start();
        PierflowClient client = client(partner.origin())) {
      partner.serve(DOWNLOAD, Body.of(ZIP), AS_ZIP);
      partner.fault(DOWNLOAD, Fault.cutAfter(300_000));

      client.download(pkg, folder);

      assertWhole();
      assertThat(ranges(partner.requests()))
          .containsExactly(Optional.empty(), Optional.of("bytes=300000-"));
    }
  }

  @Test
  void a_later_client_goes_on_and_hashes_what_lay_there_again() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(ZIP)));
    storage.fault(FILE, Fault.cutAfter(300_000));
    storage.fault(FILE, 5, Fault.status(503));
    assertThatThrownBy(() -> download(pkg)).hasMessageContaining("503");
    assertThat(target()).doesNotExist();
    assertThat(Files.size(folder.resolve(ID + ".zip.part"))).isEqualTo(300_000);

    storage.clearFaults();
    download(pkg);

    assertWhole();
    assertThat(storage.requests().get(storage.requests().size() - 1).header("Range"))
        .contains("bytes=300000-");
  }

  @Test
  void without_an_etag_it_begins_again() throws IOException {
    storage.serve(FILE, Body.of(ZIP), AS_ZIP.noEtag());
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(ZIP)));
    storage.fault(FILE, Fault.cutAfter(300_000));

    download(pkg);

    assertWhole();
    assertThat(ranges(storage.requests())).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void content_that_changed_meanwhile_begins_again() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(ZIP)));
    storage.serve(FILE, Body.of(bytes(400_000)), AS_ZIP);
    storage.fault(FILE, Fault.cutAfter(300_000));
    storage.fault(FILE, 5, Fault.status(503));
    assertThatThrownBy(() -> download(pkg)).hasMessageContaining("503");
    storage.clearFaults();
    storage.serve(FILE, Body.of(ZIP), AS_ZIP.etag("\"newer\""));

    download(pkg);

    assertWhole();
  }

  @Test
  void a_wrong_checksum_is_fetched_once_more() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url("/wrong"), sha256(ZIP)), link(storage.url(FILE), sha256(ZIP)));
    storage.serve("/wrong", Body.of(bytes(1_000)), AS_ZIP);

    download(pkg);

    assertWhole();
    assertThat(requests()).hasSize(2);
  }

  @Test
  void a_checksum_that_is_wrong_twice_is_an_error_and_leaves_nothing() throws IOException {
    ImportPackage pkg = listed(sha256(bytes(1)));
    answers(aResponse().withHeader("Content-Type", "application/zip").withBody(ZIP));

    assertThatThrownBy(() -> download(pkg))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("the package has not the checksum that was stated");

    assertThat(requests()).hasSize(2);
    assertThat(target()).doesNotExist();
    assertThat(Files.size(folder.resolve(ID + ".zip.part"))).isZero();
  }

  @Test
  void two_checksums_for_one_package_are_an_error() {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(bytes(1))));

    assertThatThrownBy(() -> download(pkg))
        .isInstanceOf(IntegrityException.class)
        .hasMessageContaining("two checksums for one package");
    assertThat(storage.requests()).isEmpty();
  }

  @Test
  void a_checksum_counts_in_upper_case_too_and_nothing_else_does() throws IOException {
    ImportPackage upper = listed(sha256(ZIP).toUpperCase(Locale.ROOT));
    answers(link(storage.url(FILE), sha256(ZIP)));
    download(upper);
    assertWhole();

    ImportPackage md5 = listed("d41d8cd98f00b204e9800998ecf8427e");
    assertThatThrownBy(() -> download(md5))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("the package's checksum is no SHA-256");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void an_expired_link_is_asked_for_again_and_goes_on_where_the_old_one_ended(int status)
      throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    storage.serve("/renewed", Body.of(ZIP), AS_ZIP);
    answers(link(storage.url(FILE), sha256(ZIP)), link(storage.url("/renewed"), sha256(ZIP)));
    storage.fault(FILE, Fault.cutAfter(300_000), Fault.status(status));

    download(pkg);

    assertWhole();
    assertThat(requests()).hasSize(2);
    assertThat(ranges(storage.requests("/renewed"))).containsExactly(Optional.of("bytes=300000-"));
  }

  @Test
  void links_that_expire_are_renewed_as_long_as_bytes_come() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(ZIP)));
    for (int link = 0; link < 4; link++) {
      storage.fault(FILE, Fault.cutAfter(100_000), Fault.status(403));
    }

    download(pkg);

    assertWhole();
    assertThat(requests()).hasSize(5);
  }

  @Test
  void a_fresh_link_that_is_refused_ends_the_download_but_is_no_refusal_of_the_caller() {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(ZIP)));
    storage.fault(FILE, 2, Fault.status(403));

    TransportException refused =
        catchThrowableOfType(TransportException.class, () -> download(pkg));

    assertThat(refused)
        .hasMessageContaining("the link to the package was refused with status 403")
        .hasCauseInstanceOf(PermissionDeniedException.class);
    assertThat(refused.isRetryable()).isTrue();
    assertThat(requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void storage_behind_a_redirect_that_refuses_is_asked_for_again(int status) throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(aResponse().withStatus(302).withHeader("Location", storage.url(FILE)));
    storage.fault(FILE, Fault.status(status));

    download(pkg);

    assertWhole();
    assertThat(requests()).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void storage_behind_a_redirect_that_goes_on_refusing_is_no_refusal_of_the_caller(int status) {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(aResponse().withStatus(302).withHeader("Location", storage.url(FILE)));
    storage.fault(FILE, 5, Fault.status(status));

    TransportException refused =
        catchThrowableOfType(TransportException.class, () -> download(pkg));

    assertThat(refused)
        .hasMessageContaining("the link to the package was refused with status " + status);
    assertThat(refused.isRetryable()).isTrue();
    assertThat(storage.requests()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PACKAGE_NOT_FOUND", "PACKAGE_EXPIRED", "PACKAGE_MISSING_ARCHIVE"})
  void a_package_that_cannot_be_had_says_why(String code) {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(json(404, "{\"error\":\"" + code + "\"}"));

    NotFoundException refused = catchThrowableOfType(NotFoundException.class, () -> download(pkg));

    assertThat(refused.errorCode()).contains(code);
    assertThat(refused).hasMessageStartingWith("Pierflow download failed: 404 (code=" + code);
    assertThat(requests()).hasSize(1);
  }

  @Test
  void a_package_of_another_partner_is_refused() {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(json(403, "{\"error\":\"FORBIDDEN\"}"));

    assertThat(catchThrowableOfType(PermissionDeniedException.class, () -> download(pkg)))
        .extracting(refused -> refused.errorCode().orElse(""))
        .isEqualTo("FORBIDDEN");
    assertThat(requests()).hasSize(1);
  }

  @Test
  void any_other_refusal_of_a_link_surfaces_as_it_is() {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(ZIP)));
    storage.fault(FILE, Fault.status(409));

    assertThatThrownBy(() -> download(pkg)).isInstanceOf(ConflictException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://files.example.org/x.zip",
        "https://169.254.169.254/latest/meta-data",
        "https://[fe80::1]/x.zip",
        "https://0.0.0.0/x.zip",
        "https://user:word@files.example.org/x.zip",
        "ftp://files.example.org/x.zip",
        "file:///etc/hostname"
      })
  void a_link_that_must_not_be_followed_is_refused(String link) throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(link, sha256(ZIP)));

    assertThatThrownBy(() -> download(pkg)).isInstanceOf(UnexpectedResponseException.class);
    assertThat(requests()).hasSize(1);
    assertThat(target()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"download_url\":null}", "{\"download_url\":true}", "[]", "{"})
  void json_without_a_link_is_an_error_and_no_zip(String answer) {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(json(200, answer));

    assertThatThrownBy(() -> download(pkg)).isInstanceOf(UnexpectedResponseException.class);
    assertThat(target()).doesNotExist();
  }

  @Test
  void a_page_is_no_zip() {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(aResponse().withHeader("Content-Type", "text/html").withBody("<html>sign in</html>"));

    assertThatThrownBy(() -> download(pkg))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("an HTML page came instead of " + ID + ".zip");
  }

  @Test
  void a_zip_that_is_there_and_right_is_not_fetched_again() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    Files.write(target(), ZIP);
    Files.write(folder.resolve(ID + ".zip.part"), new byte[10]);

    assertThat(download(pkg)).isEqualTo(target());

    assertWhole();
    assertThat(requests()).isEmpty();
  }

  @Test
  void a_zip_that_is_there_and_wrong_is_fetched_again() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(ZIP)));
    Files.write(target(), bytes(10));

    download(pkg);

    assertWhole();
  }

  /** A process that ended between the last byte and the final name. */
  private ImportPackage whollyArrivedWithoutItsName() throws IOException {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(ZIP)));
    Path inTheWay = Files.createDirectories(target().resolve("in-the-way"));
    assertThatThrownBy(() -> download(pkg)).isInstanceOf(UncheckedIOException.class);
    Files.delete(inTheWay);
    Files.delete(target());
    assertThat(storage.requests()).hasSize(1);
    return pkg;
  }

  @Test
  void a_part_that_is_whole_and_right_needs_no_request() throws IOException {
    ImportPackage pkg = whollyArrivedWithoutItsName();

    download(pkg);

    assertWhole();
    assertThat(requests()).hasSize(1);
    assertThat(storage.requests()).hasSize(1);
  }

  @Test
  void a_part_that_is_whole_is_not_believed_before_the_server_was_asked_for_its_checksum()
      throws IOException {
    whollyArrivedWithoutItsName();

    try (PierflowClient client = client()) {
      client.download(ID, folder);
    }

    assertWhole();
    assertThat(requests()).hasSize(2);
  }

  @Test
  void an_interrupted_thread_gives_up_and_stays_interrupted() throws IOException {
    ImportPackage pkg = listed(sha256(bytes(1)));
    Files.write(target(), ZIP);
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> download(pkg)).isInstanceOf(CancelledException.class);
      assertThat(Thread.currentThread().isInterrupted()).isTrue();
    } finally {
      Thread.interrupted();
    }
    assertThat(requests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../../outside", "a/b", "a\\b", "C:", "", "päckchen", "a b"})
  void an_id_that_is_no_files_name_is_refused_and_nothing_is_sent(String id) throws IOException {
    try (PierflowClient client = client()) {
      assertThatThrownBy(() -> client.download(id, folder))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("packageId: must be 1 to 128 letters, digits, dots");
    }
    assertThat(requests()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  void an_id_that_differs_in_case_alone_from_one_that_is_there_is_refused() throws IOException {
    Files.write(folder.resolve("PKG_C7D8E9F0.zip"), ZIP);
    ImportPackage pkg = listed(sha256(ZIP));

    assertThatThrownBy(() -> download(pkg))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("packageId: must differ in more than case");
    assertThat(requests()).isEmpty();
  }

  @Test
  void cancelling_the_future_stops_the_socket_and_keeps_what_came() throws Exception {
    ImportPackage pkg = listed(sha256(ZIP));
    answers(link(storage.url(FILE), sha256(ZIP)));
    storage.fault(FILE, Fault.stallAfter(300_000));
    try (PierflowClient client = client()) {
      CompletableFuture<Path> coming =
          client.downloadAsync(pkg, folder, CallOptions.defaults().deadline(Duration.ofHours(1)));
      storage.awaitBytes(FILE, 300_000, Duration.ofSeconds(10));

      assertThat(coming.cancel(true)).isTrue();

      assertThatThrownBy(coming::join).isInstanceOf(CancellationException.class);
    }
    assertThat(target()).doesNotExist();
    assertThat(storage.requests()).hasSize(1);
  }
}
