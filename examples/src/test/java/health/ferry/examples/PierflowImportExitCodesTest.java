package health.ferry.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowAnswer;
import health.ferry.testkit.PierflowArchive;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.RecordedRequest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit code and status of {@code ferry pierflow-import}, by what goes wrong. */
class PierflowImportExitCodesTest extends FreshPierflow {

  private static final int FOR_EVER = 30;

  static Stream<Arguments> brokenForGood() {
    return Stream.of(
        broken("a name that leads out", archive(PackageZip.sound().with("../../evil.json", "{}"))),
        broken("an absolute name", archive(PackageZip.sound().with("/evil.json", "{}"))),
        broken("a name twice", archive(PackageZip.sound().with("patients/PAT_1.json", "{}"))),
        broken("a name outside the layout", archive(PackageZip.sound().with("notes.txt", "x"))),
        broken("no checksum list", archive(PackageZip.sound().withoutChecksums())),
        broken("no manifest", archive(PackageZip.sound().without("manifest.json"))),
        broken("no patient's file", archive(PackageZip.sound().without("patients/pat_1.json"))),
        broken("no Bundle", archive(PackageZip.sound().with("patients/pat_1.json", "{}"))),
        broken("half a Bundle", archive(PackageZip.sound().with("patients/pat_1.json", half()))),
        broken("no ZIP", PierflowArchive.of(new byte[] {'P', 'K', 3, 4, 5})),
        broken("another checksum", archive(PackageZip.sound()).checksum("0".repeat(64))),
        broken("an id that is no name", archive(PackageZip.sound()).id("..")));
  }

  private static Arguments broken(String how, PierflowArchive archive) {
    return Arguments.of(how, archive);
  }

  private static PierflowArchive archive(PackageZip zip) {
    return PierflowArchive.of(zip.bytes());
  }

  private static String half() {
    return PackageZip.BUNDLE.substring(0, PackageZip.BUNDLE.length() - 5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenForGood")
  void a_package_that_is_broken_is_failed_1_and_the_good_one_is_finished(
      String how, PierflowArchive hostile) throws Exception {
    String good = firstPackage().id();
    String bad = server.serve(hostile);

    JsonNode result = importAll().requireImport(1, "failed").json();

    assertThat(packages(result))
        .contains(List.of(good, PATIENTS, PATIENTS, 0, true))
        .anySatisfy(one -> assertThat(one).startsWith(bad).endsWith(0, 0, false))
        .hasSize(2);
    assertThat(acknowledged()).containsExactly(good);
    assertThat(filesOf(good)).isEqualTo(bundlesOf(firstPackage()));
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.contains("evil") || name.contains("pat_1.json"));
    }
    assertThat(result.path("message").asText()).contains("1 of 2 packages", bad + ": ");
  }

  @Test
  void a_package_that_has_expired_is_failed_1() throws Exception {
    server.script(
        PierflowOperation.DOWNLOAD, FOR_EVER, PierflowAnswer.error(404, "PACKAGE_EXPIRED"));

    JsonNode result = importAll().requireImport(1, "failed").json();

    assertThat(result.path("message").asText()).contains("PACKAGE_EXPIRED");
  }

  @Test
  void a_package_that_is_still_being_built_is_incomplete_4() throws Exception {
    server.script(PierflowOperation.DOWNLOAD, PierflowAnswer.error(404, "PACKAGE_MISSING_ARCHIVE"));

    importAll().requireImport(4, "incomplete");

    importAll().requireImport(0, "complete");
  }

  @Test
  void an_acknowledgement_that_is_not_taken_is_failed_1_and_its_patients_are_kept()
      throws Exception {
    server.script(PierflowOperation.ACKNOWLEDGE, PierflowAnswer.error(422, "VALIDATION_ERROR"));

    JsonNode result = importAll().requireImport(1, "failed").json();

    assertThat(packages(result))
        .containsExactly(List.of(firstPackage().id(), PATIENTS, PATIENTS, 0, false));
    importAll().requireImport(0, "complete");
    assertThat(requests("/download")).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "1, LIST, 401, UNAUTHENTICATED, $PIERFLOW_KEY",
    "1, LIST, 403, FORBIDDEN, --organization",
    "1, LIST, 404, NOT_FOUND, --organization",
    "1, LIST, 422, VALIDATION_ERROR, --base-url",
    "2, DOWNLOAD, 401, UNAUTHENTICATED, $PIERFLOW_KEY",
    "3, ACKNOWLEDGE, 401, UNAUTHENTICATED, $PIERFLOW_KEY"
  })
  void a_caller_who_is_refused_is_3_and_stops_at_once(
      int requests, PierflowOperation where, int status, String code, String advice)
      throws Exception {
    server.buildPackage(List.of(PackageZip.BUNDLE));
    server.script(where, FOR_EVER, PierflowAnswer.error(status, code));

    JsonNode result = importAll().requireImport(3, "refused").json();

    assertThat(result.path("message").asText()).contains(Integer.toString(status), advice);
    assertThat(server.requests()).hasSize(requests);
    assertThat(acknowledged()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"3, DOWNLOAD", "5, ACKNOWLEDGE"})
  void packages_that_are_somebody_elses_are_3_each_for_itself(int requests, PierflowOperation where)
      throws Exception {
    server.buildPackage(List.of(PackageZip.BUNDLE));
    server.script(where, FOR_EVER, PierflowAnswer.error(403, "FORBIDDEN"));

    JsonNode result = importAll().requireImport(3, "refused").json();

    assertThat(result.path("message").asText()).contains("403", "--organization");
    assertThat(server.requests()).hasSize(requests);
  }

  @Test
  void an_unknown_organization_is_refused_3() throws Exception {
    JsonNode result =
        FerryRun.here(argsOf(server.baseUrl(), "org_south")).requireImport(3, "refused").json();

    assertThat(result.path("message").asText()).contains("403", "--organization");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void a_server_that_cannot_be_reached_is_incomplete_4() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    FerryRun.here(argsOf("http://127.0.0.1:" + port, "org_north_clinic"))
        .requireImport(4, "incomplete");
  }

  @ParameterizedTest
  @CsvSource({"LIST, 500", "DOWNLOAD, 503", "ACKNOWLEDGE, 502", "ACKNOWLEDGE, 429", "LIST, 408"})
  void a_server_in_trouble_to_the_end_is_incomplete_4_and_is_resumed(
      PierflowOperation where, int status) throws Exception {
    server.script(where, FOR_EVER, ControlAnswer.html(status));

    JsonNode result = importAll().requireImport(4, "incomplete").json();
    server.clearScripts();

    assertThat(result.path("message").asText()).contains("again");
    assertThat(acknowledged()).isEmpty();
    JsonNode resumed = importAll().requireImport(0, "complete").json();
    assertThat(packages(resumed))
        .containsExactly(List.of(firstPackage().id(), PATIENTS, PATIENTS, 0, true));
    assertThat(acknowledged()).hasSize(1);
  }

  @Test
  void a_package_that_cannot_be_had_now_leaves_the_others_and_comes_next_time() throws Exception {
    String other = server.buildPackage(List.of(PackageZip.BUNDLE));
    server.script(PierflowOperation.DOWNLOAD, 5, ControlAnswer.status(500));

    JsonNode result = importAll().requireImport(4, "incomplete").json();
    server.clearScripts();

    assertThat(packages(result))
        .containsExactly(
            List.of(firstPackage().id(), PATIENTS, 0, 0, false), List.of(other, 1, 1, 0, true));
    importAll().requireImport(0, "complete");
    assertThat(acknowledged()).containsExactly(other, firstPackage().id());
  }

  @Test
  void a_link_that_nobody_answers_for_is_incomplete_4() throws Exception {
    String link = "{\"download_url\": \"%s/gone.zip\"}".formatted(server.baseUrl());
    server.script(PierflowOperation.DOWNLOAD, FOR_EVER, ControlAnswer.json(200, link));

    importAll().requireImport(4, "incomplete");
    server.clearScripts();

    importAll().requireImport(0, "complete");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIST", "DOWNLOAD", "ACKNOWLEDGE"})
  void html_in_place_of_an_answer_is_incomplete_4(PierflowOperation where) throws Exception {
    server.script(where, FOR_EVER, ControlAnswer.html(200));

    importAll().requireImport(4, "incomplete");
    server.clearScripts();

    importAll().requireImport(0, "complete");
  }

  @Test
  void an_answer_that_does_not_come_before_the_deadline_is_incomplete_4() throws Exception {
    server.script(PierflowOperation.LIST, ControlAnswer.asUsual().delay(Duration.ofSeconds(4)));

    JsonNode result = importAll("--deadline", "1s").requireImport(4, "incomplete").json();

    assertThat(result.path("message").asText()).contains("--deadline");
    importAll().requireImport(0, "complete");
  }

  @Test
  void a_lost_answer_to_an_acknowledgement_is_asked_for_again_with_the_same_bytes()
      throws Exception {
    server.script(PierflowOperation.ACKNOWLEDGE, ControlAnswer.lost());

    importAll().requireImport(0, "complete");

    assertThat(acknowledgementBodies()).hasSize(2);
    assertThat(acknowledgementBodies().stream().distinct()).hasSize(1);
  }

  @Test
  void a_lost_answer_is_asked_for_by_the_next_run_too_though_the_package_is_ready_no_more()
      throws Exception {
    server.script(PierflowOperation.ACKNOWLEDGE, FOR_EVER, ControlAnswer.lost());
    importAll().requireImport(4, "incomplete");
    server.clearScripts();
    assertThat(firstPackage().status()).isEqualTo("ACKNOWLEDGED");

    JsonNode result = importAll().requireImport(0, "complete").json();

    assertThat(packages(result))
        .containsExactly(List.of(firstPackage().id(), PATIENTS, PATIENTS, 0, true));
    assertThat(acknowledgementBodies().stream().distinct()).hasSize(1);
  }

  private List<String> acknowledgementBodies() {
    return server.requests().stream()
        .filter(request -> request.path().endsWith("/acknowledge"))
        .map(RecordedRequest::bodyText)
        .toList();
  }

  @Test
  void incomplete_comes_before_failed() throws Exception {
    server.serve(PackageZip.sound().withoutChecksums().bytes());
    server.script(PierflowOperation.ACKNOWLEDGE, FOR_EVER, ControlAnswer.status(500));

    importAll().requireImport(4, "incomplete");
  }

  @Test
  void refused_comes_before_incomplete() throws Exception {
    server.buildPackage(List.of(PackageZip.BUNDLE));
    server.script(PierflowOperation.DOWNLOAD, 5, ControlAnswer.status(500));
    server.script(PierflowOperation.DOWNLOAD, PierflowAnswer.error(401, "UNAUTHENTICATED"));

    importAll().requireImport(3, "refused");
  }

  @Test
  void a_folder_that_is_a_file_is_invalid_2() throws Exception {
    Files.writeString(out(), "notes");

    JsonNode result = importAll().requireImport(2, "invalid").json();

    assertThat(result.path("message").asText()).contains("--out", "file");
    assertThat(server.requests()).isEmpty();
    assertThat(out()).hasContent("notes");
  }

  @Test
  void the_folder_of_another_organization_is_invalid_2() throws Exception {
    importAll().requireImport(0, "complete");
    server.options(server.options().organizationId("org_south"));

    JsonNode result = importAll().requireImport(2, "invalid").json();

    assertThat(result.path("message").asText()).contains("--out", "another organization");
    assertThat(acknowledged()).hasSize(1);
  }

  @Test
  void a_disk_that_will_not_take_a_patient_is_incomplete_4_and_no_patients_failure()
      throws Exception {
    Files.createDirectories(out());
    Path inTheWay = Files.createFile(out().resolve(firstPackage().id()));

    JsonNode result = importAll().requireImport(4, "incomplete").json();

    assertThat(packages(result))
        .containsExactly(List.of(firstPackage().id(), PATIENTS, 0, 0, false));
    assertThat(acknowledged()).isEmpty();
    Files.delete(inTheWay);
    importAll().requireImport(0, "complete");
    assertThat(filesOf(firstPackage().id())).isEqualTo(bundlesOf(firstPackage()));
  }
}
