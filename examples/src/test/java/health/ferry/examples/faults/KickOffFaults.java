package health.ferry.examples.faults;

import static health.ferry.examples.faults.Faults.altered;
import static health.ferry.examples.faults.Faults.busy;
import static health.ferry.examples.faults.Faults.bytes;
import static health.ferry.examples.faults.Faults.html;
import static health.ferry.examples.faults.Faults.lostAnswer;
import static health.ferry.examples.faults.Faults.outcome;
import static health.ferry.examples.faults.Faults.redirect;
import static health.ferry.examples.faults.Faults.reply;
import static health.ferry.examples.faults.Faults.reset;
import static health.ferry.examples.faults.Faults.silence;
import static health.ferry.examples.faults.Faults.status;
import static health.ferry.examples.faults.Scenario.that;
import static health.ferry.examples.faults.Stage.KICK_OFF;

import health.ferry.core.AuthenticationException;
import health.ferry.core.NotFoundException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.ValidationException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What can go wrong before a job is known. */
final class KickOffFaults {

  private static final Duration SHORT = Duration.ofSeconds(4);

  private KickOffFaults() {}

  static List<Scenario> all() {
    return List.of(
        that("a_busy_server_is_waited_for_as_many_seconds_as_it_says")
            .once(KICK_OFF, busy(429, "1"))
            .kickOffs(2, 1),
        that("a_busy_server_is_waited_for_until_its_date")
            .once(KICK_OFF, busyUntil("date"))
            .kickOffs(2, 1),
        that("a_busy_server_is_waited_for_until_its_epoch_second")
            .once(KICK_OFF, busyUntil("seconds"))
            .kickOffs(2, 1),
        that("a_busy_server_is_waited_for_until_its_epoch_millisecond")
            .once(KICK_OFF, busyUntil("milliseconds"))
            .kickOffs(2, 1),
        that("a_busy_server_that_says_a_negative_time_is_asked_again")
            .once(KICK_OFF, busy(429, "-5"))
            .kickOffs(2, 1),
        that("a_busy_server_that_says_words_is_asked_again")
            .once(KICK_OFF, busy(503, "soon"))
            .kickOffs(2, 1),
        that("a_busy_gateway_is_asked_again").once(KICK_OFF, html(503)).kickOffs(2, 1),
        that("a_server_that_is_busy_to_the_deadline_is_left_for_a_later_run")
            .always(KICK_OFF, busy(429, "3600"))
            .deadline(SHORT)
            .startsNothing(RateLimitedException.class, 4),
        that("a_server_that_fails_once_is_asked_once_more")
            .once(KICK_OFF, status(500))
            .kickOffs(2, 1),
        that("a_server_that_fails_twice_is_left_for_a_later_run")
            .always(KICK_OFF, html(502))
            .kickOffs(2, 0)
            .startsNothing(ServerException.class, 4),
        that("a_connection_that_is_reset_unheard_is_made_once_more")
            .once(KICK_OFF, reset())
            .kickOffs(2, 1),
        that("an_answer_that_is_lost_is_asked_for_once_more")
            .once(KICK_OFF, lostAnswer())
            .kickOffs(2, 2),
        that("an_answer_that_is_lost_twice_is_left_for_a_later_run")
            .always(KICK_OFF, lostAnswer())
            .kickOffs(2, 2)
            .startsNothing(TransportException.class, 4),
        that("an_answer_that_never_comes_is_asked_for_once_more")
            .once(KICK_OFF, silence())
            .impatient()
            .kickOffs(2, 1),
        that("an_answer_that_has_not_come_at_the_deadline_is_left_for_a_later_run")
            .always(KICK_OFF, silence())
            .deadline(SHORT)
            .startsNothing(TransportException.class, 4),
        that("a_garbled_status_line_is_a_lost_answer")
            .once(KICK_OFF, bytes("HTTP/9 twohundred\r\n\r\n"))
            .kickOffs(2, 1),
        that("a_job_that_is_not_named_is_no_job")
            .always(KICK_OFF, altered(honest -> honest.with("Content-Location", null)))
            .startsNothing(UnexpectedResponseException.class, 1),
        that("a_job_may_be_named_in_location")
            .once(
                KICK_OFF,
                altered(
                    honest ->
                        honest
                            .with("Location", honest.headers().get("Content-Location"))
                            .with("Content-Location", null))),
        that("a_job_may_be_named_by_a_relative_url").once(KICK_OFF, named("jobs/1")),
        that("a_job_may_be_named_by_a_path").once(KICK_OFF, named("/fhir/jobs/1")),
        refused("a_job_on_the_file_system_is_refused", named("file:///etc/passwd")),
        refused("a_job_on_ftp_is_refused", named("ftp://127.0.0.1/jobs/1")),
        refused("a_job_on_a_link_local_address_is_refused", named("http://169.254.169.254/jobs/1")),
        refused("a_job_on_plain_http_elsewhere_is_refused", named("http://192.0.2.1/fhir/jobs/1")),
        refused("a_job_with_a_password_is_refused", named("http://a:b@127.0.0.1:1/fhir/jobs/1")),
        refused(
            "a_job_on_another_origin_is_refused_and_that_origin_hears_nothing",
            incident ->
                Reply.of(202)
                    .with("Content-Location", incident.server().otherOrigin() + "/fhir/jobs/1")),
        refused("a_200_is_no_accepted_export", altered(honest -> honest.status(200))),
        that("what_is_in_the_body_beside_a_job_does_not_matter")
            .once(KICK_OFF, altered(honest -> honest.body("\u0000{ no JSON <html>"))),
        that("a_refused_token_is_replaced_once")
            .once(KICK_OFF, outcome(401, "login"))
            .kickOffs(2, 1),
        that("a_token_that_is_always_refused_is_a_refusal")
            .always(KICK_OFF, outcome(401, "login"))
            .kickOffs(2, 0)
            .startsNothing(AuthenticationException.class, 3),
        that("a_caller_without_permission_is_refused")
            .always(KICK_OFF, outcome(403, "forbidden"))
            .startsNothing(PermissionDeniedException.class, 3),
        that("an_unknown_group_is_refused_with_the_servers_reason")
            .always(KICK_OFF, outcome(404, "not-found"))
            .startsNothing(NotFoundException.class, 3),
        that("a_parameter_that_the_server_does_not_take_is_refused")
            .always(KICK_OFF, outcome(422, "not-supported"))
            .startsNothing(ValidationException.class, 3),
        refused("redirects_in_a_circle_are_refused", redirect(307, "/fhir/$export")).kickOffs(4, 0),
        refused(
            "a_redirect_to_another_origin_gets_no_token",
            incident ->
                Reply.of(307).with("Location", incident.server().otherOrigin() + "/fhir/$export")),
        refused(
            "a_redirect_to_a_link_local_address_is_refused",
            redirect(302, "http://169.254.169.254/latest")),
        refused("an_answer_of_html_is_no_job", reply(Reply.html(200))));
  }

  private static Scenario refused(String name, Fault fault) {
    return that(name).always(KICK_OFF, fault).startsNothing(UnexpectedResponseException.class, 1);
  }

  private static Fault named(String url) {
    return altered(honest -> honest.with("Content-Location", url));
  }

  private static Fault busyUntil(String form) {
    return incident -> {
      Instant soon = Instant.now().plusSeconds(1);
      String hint =
          switch (form) {
            case "date" ->
                DateTimeFormatter.RFC_1123_DATE_TIME.format(soon.atOffset(ZoneOffset.UTC));
            case "seconds" -> Long.toString(soon.getEpochSecond());
            default -> Long.toString(soon.toEpochMilli());
          };
      return Reply.of(429).with("Retry-After", hint);
    };
  }
}
