package health.ferry.examples.faults;

import static health.ferry.examples.faults.Faults.altered;
import static health.ferry.examples.faults.Faults.busy;
import static health.ferry.examples.faults.Faults.bytes;
import static health.ferry.examples.faults.Faults.cutAfter;
import static health.ferry.examples.faults.Faults.html;
import static health.ferry.examples.faults.Faults.json;
import static health.ferry.examples.faults.Faults.lostAnswer;
import static health.ferry.examples.faults.Faults.reply;
import static health.ferry.examples.faults.Faults.reset;
import static health.ferry.examples.faults.Faults.resetAfter;
import static health.ferry.examples.faults.Faults.silence;
import static health.ferry.examples.faults.Faults.stallAfter;
import static health.ferry.examples.faults.Faults.status;
import static health.ferry.examples.faults.ImportScenario.always;
import static health.ferry.examples.faults.ImportScenario.once;
import static health.ferry.examples.faults.ImportScenario.refused;
import static health.ferry.examples.faults.ImportStage.ACKNOWLEDGE;
import static health.ferry.examples.faults.ImportStage.DOWNLOAD;
import static health.ferry.examples.faults.ImportStage.FILE;
import static health.ferry.examples.faults.ImportStage.LIST;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.ConflictException;
import health.ferry.core.IntegrityException;
import health.ferry.core.NotFoundException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.ValidationException;
import health.ferry.testkit.Canary;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What can go wrong with an import: fault by operation. */
public final class ImportFaults {

  /** Into an archive or an answer, but not to its end. */
  private static final int MIDDLE = 40;

  private ImportFaults() {}

  public static List<ImportScenario> all() {
    return Stream.of(
            Stream.of(ImportStage.values()).flatMap(ImportFaults::passing),
            Stream.of(LIST, DOWNLOAD, FILE).flatMap(ImportFaults::broken),
            Stream.of(ImportStage.values()).map(ImportFaults::refusedConnections),
            lasting(LIST).map(line -> line.scenario().leavesAll(line.error())),
            Stream.of(DOWNLOAD, FILE, ACKNOWLEDGE)
                .flatMap(ImportFaults::lasting)
                .map(line -> line.scenario().leavesOne(line.error())),
            Stream.of(LIST, DOWNLOAD, ACKNOWLEDGE).flatMap(ImportFaults::refusals),
            lists(),
            downloads(),
            links(),
            files(),
            archivesFromPierflow(),
            acknowledgements(),
            oneAfterTheOther())
        .flatMap(scenarios -> scenarios)
        .toList();
  }

  private static Fault error(int status, String code) {
    return answer(status, "{\"error\":\"%s\",\"detail\":\"of %s\"}".formatted(code, Canary.FAMILY));
  }

  private static Fault answer(int status, String json) {
    return reply(Reply.of(status).with("Content-Type", "application/json").body(json));
  }

  /** One try more, in the same run. */
  private static Stream<ImportScenario> passing(ImportStage stage) {
    return Stream.of(
            once(stage, "a_408_that_passes", status(408)),
            once(stage, "a_429_with_a_time", busy(429, "1")),
            once(stage, "a_429_without_a_time", html(429)),
            once(stage, "a_500_that_passes", error(500, "INTERNAL")),
            once(stage, "a_502_that_passes", html(502)),
            once(stage, "a_503_with_a_time", busy(503, "1")),
            once(stage, "a_reset_before_the_answer", reset()),
            once(stage, "a_lost_answer", lostAnswer()),
            once(stage, "no_http", bytes("no HTTP\r\n\r\n")),
            once(stage, "an_answer_that_never_comes", silence()).impatient())
        .map(scenario -> scenario.isTriedAgain(1));
  }

  /** What broke off is asked for again, or taken up. */
  private static Stream<ImportScenario> broken(ImportStage stage) {
    return Stream.of(
            once(stage, "an_answer_cut_off", cutAfter(MIDDLE)),
            once(stage, "an_answer_reset_in_its_middle", resetAfter(MIDDLE)),
            once(stage, "an_answer_that_stops_in_its_middle", stallAfter(MIDDLE)).impatient())
        .map(scenario -> scenario.isTriedAgain(1));
  }

  /** Whatever the server could have been asked after that is left too. */
  private static ImportScenario refusedConnections(ImportStage stage) {
    return refused(stage).leavesAll(TransportException.class);
  }

  private record Lasting(ImportScenario scenario, Class<? extends Exception> error) {}

  /** A later run takes it up. */
  private static Stream<Lasting> lasting(ImportStage stage) {
    return Stream.of(
        new Lasting(always(stage, "a_408_to_the_end", status(408)), ApiException.class),
        new Lasting(always(stage, "a_429_to_the_end", html(429)), RateLimitedException.class),
        new Lasting(always(stage, "a_500_to_the_end", html(500)), ServerException.class),
        new Lasting(always(stage, "a_503_to_the_end", status(503)), ServerException.class),
        new Lasting(always(stage, "resets_to_the_end", reset()), TransportException.class),
        new Lasting(
            always(stage, "lost_answers_to_the_end", lostAnswer()), TransportException.class),
        new Lasting(
            always(stage, "silence_to_the_end", silence()).impatient(), TransportException.class));
  }

  /** A key that is refused is refused everywhere; a 403 may be about one package. */
  private static Stream<ImportScenario> refusals(ImportStage stage) {
    return Stream.of(
        always(stage, "a_401", error(401, "UNAUTHENTICATED")).stops(AuthenticationException.class),
        stage == LIST
            ? always(stage, "a_403", error(403, "FORBIDDEN")).stops(PermissionDeniedException.class)
            : always(stage, "a_403", error(403, "FORBIDDEN"))
                .refusesOne(PermissionDeniedException.class));
  }

  private static Stream<ImportScenario> lists() {
    return Stream.concat(
        Stream.of(
                once(LIST, "html", html(200)),
                once(LIST, "nothing", status(200)),
                once(LIST, "a_204", status(204)),
                once(LIST, "no_packages", answer(200, "{}")),
                once(LIST, "packages_that_are_null", answer(200, "{\"packages\":null}")),
                once(LIST, "an_array", answer(200, "[]")),
                once(LIST, "json_that_ends_early", answer(200, "{\"packages\":[")),
                once(LIST, "a_package_without_an_id", answer(200, "{\"packages\":[{}]}")))
            .map(scenario -> scenario.leavesAll(UnexpectedResponseException.class)),
        Stream.of(
            always(LIST, "a_404", html(404)).stops(NotFoundException.class),
            once(LIST, "a_429_of_an_hour", busy(429, "3600")).leavesAll(RateLimitedException.class),
            always(LIST, "wrong_checksums", json(ImportFaults::wrongChecksums))
                .breaksAll(IntegrityException.class),
            always(LIST, "no_checksums", json(ImportFaults::noChecksums)).isTriedAgain(0)));
  }

  private static void wrongChecksums(ObjectNode list) {
    list.withArray("packages")
        .forEach(one -> ((ObjectNode) one).put("checksum_sha256", "0".repeat(64)));
  }

  private static void noChecksums(ObjectNode list) {
    list.withArray("packages").forEach(one -> ((ObjectNode) one).putNull("checksum_sha256"));
  }

  private static Stream<ImportScenario> downloads() {
    return Stream.of(
        once(DOWNLOAD, "json_without_a_link", answer(200, "{}"))
            .leavesOne(UnexpectedResponseException.class),
        once(DOWNLOAD, "json_that_ends_early", answer(200, "{\"download_url\":\"http"))
            .leavesOne(UnexpectedResponseException.class),
        once(DOWNLOAD, "an_array", answer(200, "[]")).leavesOne(UnexpectedResponseException.class),
        once(DOWNLOAD, "another_checksum", json(ImportFaults::otherChecksum)).isTriedAgain(1),
        always(DOWNLOAD, "another_checksum_to_the_end", json(ImportFaults::otherChecksum))
            .breaksOne(IntegrityException.class),
        always(DOWNLOAD, "a_package_that_has_expired", error(404, "PACKAGE_EXPIRED"))
            .breaksOne(NotFoundException.class));
  }

  private static void otherChecksum(ObjectNode download) {
    download.put("checksum_sha256", "0".repeat(64));
  }

  private static Stream<ImportScenario> links() {
    return Stream.of(
        always(DOWNLOAD, "a_link_that_nobody_answers", linkTo("http://127.0.0.1:9/a.zip"))
            .leavesOne(TransportException.class),
        always(DOWNLOAD, "a_link_in_clear_text", linkTo("http://files.invalid/a.zip"))
            .leavesOne(UnexpectedResponseException.class),
        always(DOWNLOAD, "a_link_to_a_file", linkTo("file:///etc/hostname"))
            .leavesOne(UnexpectedResponseException.class));
  }

  private static Fault linkTo(String url) {
    return json(download -> download.put("download_url", url));
  }

  private static Stream<ImportScenario> files() {
    Stream<ImportScenario> expired =
        IntStream.of(401, 403, 404, 410)
            .boxed()
            .flatMap(
                status ->
                    Stream.of(
                        once(FILE, "a_link_that_expired_with_" + status, html(status))
                            .isTriedAgain(1),
                        always(FILE, "links_that_expire_with_" + status, html(status))
                            .leavesOne(TransportException.class)));
    return Stream.concat(expired, wrongArchives(FILE));
  }

  /** Fetched once more, and no third time. */
  private static Stream<ImportScenario> wrongArchives(ImportStage stage) {
    return Stream.of(
        once(stage, "one_wrong_byte", altered(ImportFaults::oneWrongByte)).isTriedAgain(1),
        always(stage, "one_wrong_byte_to_the_end", altered(ImportFaults::oneWrongByte))
            .isTriedAgain(1)
            .breaksOne(IntegrityException.class),
        once(stage, "an_archive_of_no_bytes", emptyArchive()).isTriedAgain(1),
        always(stage, "an_archive_of_no_bytes_to_the_end", emptyArchive())
            .isTriedAgain(1)
            .breaksOne(IntegrityException.class),
        once(stage, "html_for_an_archive", html(200))
            .isTriedAgain(0)
            .leavesOne(UnexpectedResponseException.class));
  }

  private static Fault emptyArchive() {
    return reply(Reply.of(200).with("Content-Type", "application/zip"));
  }

  private static Reply oneWrongByte(Reply honest) {
    byte[] archive = honest.body().clone();
    archive[archive.length / 2] ^= 1;
    return honest.body(archive);
  }

  /** The seed's download. */
  private static Stream<ImportScenario> archivesFromPierflow() {
    return Stream.of(passing(DOWNLOAD), broken(DOWNLOAD), wrongArchives(DOWNLOAD))
        .flatMap(scenarios -> scenarios)
        .map(ImportScenario::withoutLinks);
  }

  private static Stream<ImportScenario> acknowledgements() {
    return Stream.concat(
        Stream.of(
                // Whatever its body: the package is acknowledged, and never again.
                once(ACKNOWLEDGE, "nothing", altered(honest -> Reply.of(200))),
                once(ACKNOWLEDGE, "a_204", altered(honest -> Reply.of(204))),
                once(ACKNOWLEDGE, "an_array", altered(honest -> honest.body("[]"))),
                once(ACKNOWLEDGE, "json_that_ends_early", altered(honest -> honest.body("{\"st"))),
                once(ACKNOWLEDGE, "an_answer_cut_off", cutAfter(MIDDLE)),
                once(ACKNOWLEDGE, "an_answer_that_stops", stallAfter(MIDDLE)).impatient())
            .map(scenario -> scenario.isTriedAgain(0)),
        Stream.of(
            once(ACKNOWLEDGE, "a_page_of_someone_else", html(200))
                .leavesOne(UnexpectedResponseException.class),
            always(ACKNOWLEDGE, "a_400", error(400, "BAD_REQUEST"))
                .breaksOne(ValidationException.class),
            always(ACKNOWLEDGE, "a_404", error(404, "PACKAGE_NOT_FOUND"))
                .breaksOne(NotFoundException.class),
            always(ACKNOWLEDGE, "a_409", error(409, "IDEMPOTENCY_CONFLICT"))
                .breaksOne(ConflictException.class),
            always(ACKNOWLEDGE, "a_422", error(422, "VALIDATION_ERROR"))
                .breaksOne(ValidationException.class)));
  }

  private static Stream<ImportScenario> oneAfterTheOther() {
    return Stream.of(
        once(FILE, "an_archive_cut_off_and_a_link_that_expired", cutAfter(MIDDLE))
            .then(FILE, html(403))
            .isTriedAgain(2),
        once(FILE, "one_wrong_byte_and_an_archive_cut_off", altered(ImportFaults::oneWrongByte))
            .then(FILE, cutAfter(MIDDLE))
            .isTriedAgain(2),
        once(LIST, "a_503_and_then_a_lost_acknowledgement", status(503))
            .then(DOWNLOAD, busy(429, "1"))
            .then(FILE, resetAfter(MIDDLE))
            .then(ACKNOWLEDGE, lostAnswer())
            .isTriedAgain(1),
        once(FILE, "an_archive_cut_off_and_a_caller_that_stops", cutAfter(MIDDLE))
            .isStoppedByCaller(),
        once(LIST, "a_503_and_a_caller_that_stops", status(503)).isStoppedByCaller());
  }
}
