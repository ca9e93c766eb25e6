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
import static health.ferry.examples.faults.Stage.STATUS;

import health.ferry.core.AuthenticationException;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.NotFoundException;
import health.ferry.core.OperationFailedException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.examples.faults.Reply.Framing;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What can go wrong while the job runs. */
final class StatusFaults {

  private static final Duration SHORT = Duration.ofSeconds(4);
  private static final List<String> TRANSIENT =
      List.of(
          "transient", "lock-error", "no-store", "exception", "timeout", "incomplete", "throttled");

  private StatusFaults() {}

  static List<Scenario> all() {
    return Stream.of(passing().stream(), transientOutcomes(), lasting().stream())
        .flatMap(part -> part)
        .toList();
  }

  private static List<Scenario> passing() {
    return List.of(
        that("a_status_that_is_gateway_html_is_asked_again").times(2, STATUS, html(502)),
        that("a_status_that_is_a_busy_gateway_is_asked_again").times(2, STATUS, html(503)),
        that("a_status_that_fails_without_a_word_is_asked_again").times(6, STATUS, status(500)),
        that("a_status_connection_that_is_reset_is_made_again").times(2, STATUS, reset()),
        that("a_status_that_never_comes_is_asked_for_again").once(STATUS, silence()).impatient(),
        that("a_status_that_stops_in_its_middle_is_asked_for_again")
            .once(STATUS, stallAfter(50))
            .impatient(),
        that("a_status_that_comes_byte_by_byte_is_asked_for_again")
            .once(STATUS, StatusFaults::byteByByte)
            .impatient(),
        that("a_status_that_is_cut_is_asked_for_again").once(STATUS, cutAfter(100)),
        that("a_chunked_status_that_is_cut_is_asked_for_again")
            .once(
                STATUS,
                altered(honest -> honest.framed(Framing.CHUNKED).ending(Reply.Ending.CUT, 100))),
        that("a_status_that_is_reset_in_its_middle_is_asked_for_again")
            .once(STATUS, resetAfter(100)),
        that("a_garbled_status_line_is_asked_again").once(STATUS, bytes("200 OK HTTP/1.1\r\n\r\n")),
        that("a_status_of_no_bytes_is_asked_again").once(STATUS, bytes("")),
        that("headers_without_end_are_bounded_and_asked_for_again")
            .once(STATUS, StatusFaults::headersWithoutEnd),
        that("a_429_is_waited_out").once(STATUS, busy(429, "1")),
        that("a_running_job_that_says_a_negative_time_is_asked_again")
            .once(STATUS, busy(202, "-1")),
        that("a_running_job_that_says_words_is_asked_again").once(STATUS, busy(202, "later")),
        that("a_running_job_with_a_page_of_html_still_runs").once(STATUS, reply(Reply.html(202))),
        that("a_running_job_with_garbage_for_a_body_still_runs")
            .once(STATUS, reply(Reply.of(202).body("{\"output\":["))),
        that("a_refused_token_is_replaced_while_polling").once(STATUS, outcome(401, "login")),
        that("a_manifest_without_a_content_type_is_read")
            .always(STATUS, altered(honest -> honest.with("Content-Type", null))),
        that("a_manifest_that_ends_with_its_connection_is_read")
            .always(STATUS, altered(honest -> honest.framed(Framing.CLOSE))),
        that("files_that_a_running_job_lists_are_the_same_in_the_end_under_fresh_links")
            .times(2, STATUS, altered(honest -> honest.status(202))),
        that("files_that_a_running_job_lists_are_kept_while_its_server_is_away")
            .once(STATUS, altered(honest -> honest.status(202)))
            .once(STATUS, reset())
            .once(STATUS, html(502)),
        that("a_redirect_on_the_same_origin_is_followed")
            .once(STATUS, redirect(307, "/fhir/jobs/1?again")));
  }

  private static Stream<Scenario> transientOutcomes() {
    return TRANSIENT.stream()
        .flatMap(
            code ->
                Stream.of(400, 404, 500, 503)
                    .map(
                        status ->
                            that("a_transient_outcome_says_later__" + code + "_under_" + status)
                                .once(STATUS, outcome(status, code))));
  }

  private static List<Scenario> lasting() {
    return List.of(
        that("a_job_that_runs_for_ever_is_left_at_the_deadline")
            .always(STATUS, status(202))
            .deadline(SHORT)
            .fails(DeadlineExceededException.class, 4),
        that("a_429_that_says_hours_is_left_at_the_deadline")
            .always(STATUS, busy(429, "18000"))
            .deadline(SHORT)
            .fails(DeadlineExceededException.class, 4),
        that("a_429_that_says_a_year_in_milliseconds_is_left_at_the_deadline")
            .always(STATUS, busy(429, "1900000000000"))
            .deadline(SHORT)
            .fails(DeadlineExceededException.class, 4),
        that("a_server_that_stays_away_is_left_at_the_deadline")
            .always(STATUS, reset())
            .deadline(SHORT)
            .fails(DeadlineExceededException.class, 4),
        that("a_server_that_stays_silent_is_left_at_the_deadline")
            .always(STATUS, silence())
            .deadline(SHORT)
            .fails(DeadlineExceededException.class, 4),
        that("a_gateway_that_stays_is_left_at_the_deadline")
            .always(STATUS, html(504))
            .deadline(SHORT)
            .fails(DeadlineExceededException.class, 4),
        that("a_lasting_outcome_ends_the_job")
            .always(STATUS, outcome(500, "processing"))
            .fails(OperationFailedException.class, 1),
        that("a_job_that_lists_files_and_then_fails_keeps_what_has_come")
            .once(STATUS, altered(honest -> honest.status(202)))
            .always(STATUS, outcome(500, "processing"))
            .fails(OperationFailedException.class, 1),
        that("a_job_that_the_server_does_not_know_is_not_started_again")
            .always(STATUS, outcome(404, "not-found"))
            .fails(NotFoundException.class, 1),
        that("a_token_that_is_always_refused_ends_the_wait")
            .always(STATUS, outcome(401, "login"))
            .fails(AuthenticationException.class, 3),
        unusable("a_manifest_without_a_body", reply(Reply.json(200, ""))),
        unusable("a_manifest_that_is_html", html(200)),
        unusable(
            "a_manifest_declared_as_text",
            altered(honest -> honest.with("Content-Type", "text/plain"))),
        unusable("a_manifest_that_is_cut_but_whole_by_its_length", StatusFaults::halfOfIt),
        unusable("a_manifest_that_is_text", reply(Reply.json(200, "\"done\""))),
        unusable("a_manifest_beyond_the_limit", StatusFaults::elevenMegabytes),
        unusable("a_manifest_nested_without_end", reply(Reply.json(200, "[".repeat(100_000)))),
        unusable("a_204_in_place_of_a_manifest", status(204)),
        unusable("a_redirect_in_a_circle", redirect(302, "/fhir/jobs/1")),
        unusable(
            "a_redirect_to_another_origin_without_the_token",
            incident ->
                Reply.of(307).with("Location", incident.server().otherOrigin() + "/fhir/jobs/1")));
  }

  /** What comes is no manifest, and asking again would bring it again. */
  private static Scenario unusable(String name, Fault fault) {
    return that(name + "_is_no_manifest_and_the_job_is_kept")
        .always(STATUS, fault)
        .fails(UnexpectedResponseException.class, 1);
  }

  private static Answer halfOfIt(Incident incident) {
    Reply honest = incident.honest();
    return honest.body(honest.text().substring(0, honest.body().length / 2));
  }

  private static Answer elevenMegabytes(Incident incident) {
    Reply honest = incident.honest();
    return honest.body(honest.text().replaceFirst("\\{", "{" + " ".repeat(11 << 20)));
  }

  private static Answer byteByByte(Incident incident) {
    return socket -> {
      for (byte b : "HTTP/1.1 200 OK\r\nX-Slow: slow\r\n".getBytes(StandardCharsets.US_ASCII)) {
        socket.getOutputStream().write(b);
        socket.setSoTimeout(200);
        try {
          if (socket.getInputStream().read() < 0) {
            return false;
          }
        } catch (SocketTimeoutException stillThere) {
          // The pause between two bytes.
        }
      }
      Reply.awaitClientGone(socket);
      return false;
    };
  }

  private static Answer headersWithoutEnd(Incident incident) {
    return socket -> {
      byte[] header = ("X-More: " + "a".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
      socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
      for (int i = 0; i < 100_000; i++) {
        socket.getOutputStream().write(header);
      }
      return false;
    };
  }
}
