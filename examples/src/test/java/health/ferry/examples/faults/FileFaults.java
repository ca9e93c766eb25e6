package health.ferry.examples.faults;

import static health.ferry.examples.faults.Faults.altered;
import static health.ferry.examples.faults.Faults.busy;
import static health.ferry.examples.faults.Faults.bytes;
import static health.ferry.examples.faults.Faults.cutAfter;
import static health.ferry.examples.faults.Faults.html;
import static health.ferry.examples.faults.Faults.outcome;
import static health.ferry.examples.faults.Faults.redirect;
import static health.ferry.examples.faults.Faults.reply;
import static health.ferry.examples.faults.Faults.reset;
import static health.ferry.examples.faults.Faults.resetAfter;
import static health.ferry.examples.faults.Faults.silence;
import static health.ferry.examples.faults.Faults.stallAfter;
import static health.ferry.examples.faults.Faults.status;
import static health.ferry.examples.faults.Scenario.that;
import static health.ferry.examples.faults.Stage.FILE;
import static health.ferry.examples.faults.Stage.REDIRECTED;

import health.ferry.core.DeadlineExceededException;
import health.ferry.core.FerryException;
import health.ferry.core.IntegrityException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.ValidationException;
import health.ferry.examples.faults.Reply.Framing;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What can go wrong on the way of a file. */
final class FileFaults {

  private static final int LENGTH = Corpus.plain().patients().length;

  private FileFaults() {}

  static List<Scenario> all() {
    return Stream.of(cuts(), passing().stream(), ranges().stream(), links(), redirects().stream())
        .flatMap(part -> part)
        .toList();
  }

  /** At any byte, a line's end among them, whatever tells the end of the body. */
  private static Stream<Scenario> cuts() {
    int lineEnd = Corpus.lines("Patient", 20).length;
    return Stream.of(0, 1, 100, lineEnd, LENGTH - 2)
        .flatMap(
            at ->
                Stream.of(
                    cut("with_length", at, world -> world),
                    cut("with_length_without_ranges", at, World::withoutRanges),
                    cut("chunked", at, world -> world.framed(Framing.CHUNKED)),
                    cut("till_the_end", at, world -> world.framed(Framing.CLOSE)),
                    that("a_file_reset_at_" + at + "_is_taken_up_again")
                        .once(FILE, resetAfter(at))));
  }

  private static Scenario cut(String framing, int at, UnaryOperator<World> ways) {
    return that("a_file_" + framing + "_cut_at_" + at + "_is_taken_up_again")
        .in(ways)
        .once(FILE, cutAfter(at));
  }

  private static List<Scenario> passing() {
    return List.of(
        that("a_file_that_breaks_off_again_and_again_is_had_piece_by_piece")
            .times(12, FILE, cutAfter(200)),
        that("a_file_that_stalls_is_taken_up_again").once(FILE, stallAfter(300)).impatient(),
        that("a_file_that_never_begins_is_asked_for_again").once(FILE, silence()).impatient(),
        that("a_file_connection_that_is_reset_is_made_again").times(2, FILE, reset()),
        that("a_file_that_answers_garbage_is_asked_for_again")
            .once(FILE, bytes("\u0000\u0001\u0002\r\n\r\n")),
        that("a_file_behind_a_429_is_waited_for").once(FILE, busy(429, "1")),
        that("a_file_behind_a_busy_gateway_is_asked_for_again").once(FILE, html(503)),
        that("a_file_behind_a_500_is_asked_for_again").times(2, FILE, status(500)),
        that("a_file_behind_a_408_is_asked_for_again").once(FILE, status(408)),
        that("a_file_that_refuses_the_token_gets_a_new_one").once(FILE, outcome(401, "login")),
        that("a_length_that_is_too_long_is_not_believed").once(FILE, length(10)),
        that("a_length_that_is_too_short_is_not_believed").once(FILE, length(-10)),
        lost("that_stays_silent_at_the_deadline", silence(), DeadlineExceededException.class)
            .deadline(Duration.ofSeconds(6)),
        lost("that_stalls_at_the_deadline", stallAfter(500), DeadlineExceededException.class)
            .deadline(Duration.ofSeconds(6)),
        lost("behind_a_lasting_429", busy(429, "0"), RateLimitedException.class),
        lost("behind_a_429_for_hours", busy(429, "7200"), RateLimitedException.class),
        lost("behind_a_lasting_500", status(500), ServerException.class),
        lost("behind_a_lasting_gateway", html(502), ServerException.class),
        lost("behind_a_lasting_400", outcome(400, "invalid"), ValidationException.class),
        lost("that_is_always_reset", reset(), TransportException.class),
        lost("that_is_always_cut_at_its_beginning", cutAfter(0), TransportException.class),
        lost("whose_length_is_always_too_short", length(-10), FerryException.class),
        lost("whose_length_is_always_too_long", length(10), TransportException.class)
            .in(World::withoutRanges),
        lost(
            "in_a_content_encoding_nobody_asked_for", encoded(), UnexpectedResponseException.class),
        lost("that_is_a_204", status(204), UnexpectedResponseException.class),
        lost("that_is_a_202", status(202), UnexpectedResponseException.class),
        lost("that_is_a_304", status(304), UnexpectedResponseException.class));
  }

  private static Scenario lost(String how, Fault fault, Class<? extends Exception> cause) {
    return that("a_file_" + how + "_is_reported_and_the_others_come")
        .always(FILE, fault)
        .misses(cause);
  }

  private static Fault length(int difference) {
    return altered(
        honest ->
            honest
                .with("Content-Length", Integer.toString(honest.body().length + difference))
                .ending(Reply.Ending.CUT, honest.body().length));
  }

  private static Fault encoded() {
    return altered(honest -> honest.with("Content-Encoding", "br"));
  }

  private static List<Scenario> ranges() {
    return List.of(
        that("a_range_that_nobody_asked_for_is_not_taken")
            .once(
                FILE,
                altered(
                    honest ->
                        honest
                            .status(206)
                            .with("Content-Range", "bytes 100-" + (LENGTH - 1) + "/" + LENGTH))),
        afterACut("a_range_answered_by_the_whole_is_the_whole", reply(wholeFile())),
        afterACut(
            "a_range_from_the_wrong_byte_is_not_taken",
            reply(
                wholeFile()
                    .status(206)
                    .with("Content-Range", "bytes 0-" + (LENGTH - 1) + "/" + LENGTH))),
        afterACut(
            "a_range_without_saying_which_is_not_taken",
            altered(honest -> honest.with("Content-Range", null))),
        afterACut(
            "a_range_of_another_version_is_not_taken",
            altered(honest -> honest.with("ETag", "\"v2\""))),
        afterACut("a_range_that_cannot_be_had_starts_again", status(416)),
        afterACut("a_range_that_is_cut_goes_on_again", cutAfter(50)),
        afterACut("a_range_that_the_server_fails_at_is_asked_again", status(500)),
        that("a_file_that_changed_after_a_cut_is_had_anew")
            .once(
                FILE,
                altered(
                    honest ->
                        honest
                            .with("ETag", "\"v0\"")
                            .body("x".repeat(LENGTH))
                            .ending(Reply.Ending.CUT, 300))));
  }

  private static Scenario afterACut(String name, Fault fault) {
    return that(name).once(FILE, cutAfter(100)).once(FILE, fault);
  }

  private static Reply wholeFile() {
    return Reply.of(200)
        .with("Content-Type", "application/fhir+ndjson")
        .body(Corpus.plain().patients());
  }

  private static Stream<Scenario> links() {
    return Stream.concat(
        Stream.of(401, 403, 404, 410)
            .map(
                status ->
                    that("a_link_that_expired_with_" + status + "_is_renewed_by_the_manifest")
                        .in(World::presigned)
                        .always(FILE, expired(1, status))),
        Stream.of(
            that("a_link_that_expires_in_mid_file_is_renewed_and_the_file_goes_on")
                .in(World::presigned)
                .once(FILE, cutAfter(500))
                .always(FILE, expired(1, 403)),
            that("a_link_of_storage_elsewhere_is_renewed")
                .in(world -> world.presigned().elsewhere())
                .always(FILE, expired(1, 403)),
            lost("whose_link_has_expired_for_good", status(403), PermissionDeniedException.class)
                .in(World::presigned)));
  }

  /** Refused with a link of the n-th manifest, and served with any other. */
  private static Fault expired(int manifest, int status) {
    return incident ->
        HonestExport.isOfManifest(manifest, incident.request())
            ? Reply.of(status)
            : incident.honest();
  }

  private static List<Scenario> redirects() {
    return List.of(
        that("a_redirect_to_storage_is_followed_without_the_token").always(FILE, toStorage(307)),
        that("a_redirect_of_a_capability_url_is_followed")
            .in(World::presigned)
            .always(FILE, toStorage(302)),
        that("a_file_cut_behind_a_redirect_is_taken_up_again")
            .always(FILE, toStorage(307))
            .once(REDIRECTED, cutAfter(100)),
        that("a_redirect_to_an_expired_link_is_made_anew")
            .always(FILE, toStorage(307))
            .once(REDIRECTED, status(403)),
        lost(
            "redirected_in_a_circle",
            redirect(307, "/files/Patient.ndjson"),
            UnexpectedResponseException.class),
        lost(
            "redirected_to_a_link_local_address",
            redirect(302, "http://169.254.169.254/Patient.ndjson"),
            UnexpectedResponseException.class),
        lost(
            "redirected_to_the_file_system",
            redirect(302, "file:///etc/passwd"),
            UnexpectedResponseException.class),
        lost("redirected_to_nowhere", status(302), UnexpectedResponseException.class),
        lost(
            "redirected_to_a_login_page",
            incident ->
                Reply.of(302).with("Location", incident.server().otherOrigin() + "/moved/login"),
            IntegrityException.class));
  }

  private static Fault toStorage(int status) {
    return incident ->
        Reply.of(status)
            .with(
                "Location", incident.server().otherOrigin() + "/moved/Patient.ndjson?sig=storage");
  }
}
