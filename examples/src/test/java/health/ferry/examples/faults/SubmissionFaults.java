package health.ferry.examples.faults;

import static health.ferry.examples.faults.Faults.busy;
import static health.ferry.examples.faults.Faults.bytes;
import static health.ferry.examples.faults.Faults.cutAfter;
import static health.ferry.examples.faults.Faults.html;
import static health.ferry.examples.faults.Faults.lostAnswer;
import static health.ferry.examples.faults.Faults.outcome;
import static health.ferry.examples.faults.Faults.redirect;
import static health.ferry.examples.faults.Faults.reply;
import static health.ferry.examples.faults.Faults.reset;
import static health.ferry.examples.faults.Faults.resetAfter;
import static health.ferry.examples.faults.Faults.silence;
import static health.ferry.examples.faults.Faults.stallAfter;
import static health.ferry.examples.faults.Faults.status;
import static health.ferry.examples.faults.SubmissionScenario.always;
import static health.ferry.examples.faults.SubmissionScenario.once;

import health.ferry.core.ApiException;
import health.ferry.core.AuthenticationException;
import health.ferry.core.NotFoundException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What can go wrong with the submission of a bundle. */
public final class SubmissionFaults {

  private static final String ENVELOPE =
      "{\"error\":\"Refused\",\"message\":\"FHIR validation error\",\"statusCode\":422";
  private static final String ISSUE =
      "{\"resourceType\":\"Patient\",\"field\":\"birthDate\",\"issue\":\"Invalid date format\"}";
  private static final String BUSY =
      "{\"error\":\"Too Many Requests\",\"message\":\"Later\",\"statusCode\":429,\"retryAfter\":%s}";

  private SubmissionFaults() {}

  public static List<SubmissionScenario> all() {
    return Stream.of(passing(), lasting(), unreadable(), rejections(), refusals())
        .flatMap(scenarios -> scenarios)
        .toList();
  }

  private static Fault json(int status, String body) {
    return reply(Reply.json(status, body).with("Content-Type", "application/json"));
  }

  /** One try more, with the same bytes. */
  private static Stream<SubmissionScenario> passing() {
    Stream<SubmissionScenario> statuses =
        IntStream.of(408, 500, 502, 503, 504)
            .mapToObj(status -> once("a_" + status + "_that_passes", html(status)));
    return Stream.concat(
            statuses,
            Stream.of(
                once("a_429_with_a_header", busy(429, "1")),
                once("a_429_with_seconds_in_its_body", json(429, BUSY.formatted(1))),
                once("a_429_with_words_in_its_body", json(429, BUSY.formatted("\"soon\""))),
                once("a_429_without_a_time", html(429)),
                once("a_reset_before_the_answer", reset()),
                once("a_lost_answer", lostAnswer()),
                once("an_answer_cut_off", cutAfter(10)),
                once("an_answer_reset_in_its_middle", resetAfter(10)),
                once("no_http", bytes("no HTTP\r\n\r\n")),
                once("an_answer_that_never_comes", silence()).impatient(),
                once("an_answer_that_stops_in_its_middle", stallAfter(10)).impatient()))
        .map(SubmissionScenario::isHealedByTrying);
  }

  /** A later run takes it up. */
  private static Stream<SubmissionScenario> lasting() {
    return Stream.of(
        always("a_server_that_fails_to_the_end", status(500)).leavesTheRest(ServerException.class),
        always("a_gateway_to_the_end", html(502)).leavesTheRest(ServerException.class),
        always("resets_to_the_end", reset()).leavesTheRest(TransportException.class),
        always("lost_answers_to_the_end", lostAnswer()).leavesTheRest(TransportException.class),
        always("silence_to_the_end", silence())
            .leavesTheRest(TransportException.class)
            .impatient());
  }

  /** Nobody can tell whether the bundle was taken: a later run sends it again. */
  private static Stream<SubmissionScenario> unreadable() {
    return Stream.of(
            once("html_in_place_of_a_receipt", html(200)),
            once("a_receipt_without_a_body", status(200)),
            once("a_receipt_of_204", status(204)),
            once("a_receipt_without_an_id", json(200, "{}")),
            once("a_receipt_with_an_empty_id", json(200, "{\"transactionId\":\"\"}")),
            once("a_receipt_with_null", json(200, "{\"transactionId\":null}")),
            once("a_receipt_that_is_a_list", json(200, "[\"t3zL38PrPDaFp2fLL4DvtY\"]")),
            once("a_receipt_that_ends_early", json(200, "{\"transactionId\":\"t3zL")),
            once("a_redirect_to_a_login", redirect(302, "http://127.0.0.1:9/login")),
            once("a_redirect_that_keeps_the_method", redirect(307, "http://127.0.0.1:9/other")))
        .map(scenario -> scenario.leavesIt(UnexpectedResponseException.class));
  }

  private static Stream<SubmissionScenario> rejections() {
    return Stream.of(
            once("a_400", json(400, ENVELOPE + "}")),
            once("a_409", json(409, ENVELOPE + "}")),
            once("a_413_of_a_gateway", html(413)),
            once("a_422_with_one_finding", json(422, ENVELOPE + ",\"details\":" + ISSUE + "}")),
            once(
                "a_422_with_many_findings",
                json(422, ENVELOPE + ",\"details\":[" + ISSUE + "," + ISSUE + "]}")),
            once("a_422_with_words", json(422, ENVELOPE + ",\"details\":\"birthDate\"}")),
            once("a_422_with_an_outcome", outcome(422, "invalid")),
            once("a_422_without_a_body", status(422)),
            once("a_422_that_ends_early", json(422, ENVELOPE)))
        .map(SubmissionScenario::rejectsIt);
  }

  private static Stream<SubmissionScenario> refusals() {
    return Stream.of(
        always("a_401", json(401, ENVELOPE + "}")).stops(AuthenticationException.class),
        always("a_403", html(403)).stops(PermissionDeniedException.class),
        always("a_404", status(404)).stops(NotFoundException.class),
        always("a_405", status(405)).stops(ApiException.class),
        always("a_410", status(410)).stops(ApiException.class),
        always("a_415", status(415)).stops(ApiException.class));
  }
}
