package health.ferry.examples.faults;

import static health.ferry.examples.faults.Faults.busy;
import static health.ferry.examples.faults.Faults.html;
import static health.ferry.examples.faults.Faults.json;
import static health.ferry.examples.faults.Faults.outcome;
import static health.ferry.examples.faults.Faults.reply;
import static health.ferry.examples.faults.Faults.reset;
import static health.ferry.examples.faults.Faults.silence;
import static health.ferry.examples.faults.Faults.status;
import static health.ferry.examples.faults.Scenario.that;
import static health.ferry.examples.faults.Stage.DISCOVERY;
import static health.ferry.examples.faults.Stage.TOKEN;

import health.ferry.core.ApiException;
import health.ferry.core.NotFoundException;
import health.ferry.core.RateLimitedException;
import health.ferry.core.ServerException;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import java.time.Duration;
import java.util.List;

/** What can go wrong on the way to a token. Nothing of it reaches the export. */
final class TokenFaults {

  private TokenFaults() {}

  static List<Scenario> all() {
    return List.of(
        that("a_busy_token_endpoint_is_asked_again").once(TOKEN, busy(429, "1")),
        that("a_failing_token_endpoint_is_asked_again").once(TOKEN, status(500)),
        that("a_gateway_before_the_token_endpoint_is_asked_again").once(TOKEN, html(503)),
        that("a_token_connection_that_is_reset_is_made_again").once(TOKEN, reset()),
        that("a_token_that_never_comes_is_asked_for_again").once(TOKEN, silence()).impatient(),
        none("a_token_endpoint_that_stays_busy", TOKEN, busy(429, "0"))
            .startsNothing(RateLimitedException.class, 4),
        none("a_token_endpoint_that_is_busy_for_a_day", TOKEN, busy(429, "86400"))
            .startsNothing(RateLimitedException.class, 4),
        none("a_token_endpoint_that_stays_away", TOKEN, reset())
            .startsNothing(TransportException.class, 4),
        none("a_token_endpoint_that_keeps_failing", TOKEN, html(502))
            .startsNothing(ServerException.class, 4),
        none("a_token_endpoint_that_never_answers", TOKEN, silence())
            .deadline(Duration.ofSeconds(4))
            .startsNothing(TransportException.class, 4),
        none("a_client_that_the_token_endpoint_refuses", TOKEN, invalidClient())
            .startsNothing(ApiException.class, 3),
        none("a_token_that_is_a_web_page", TOKEN, html(200))
            .startsNothing(UnexpectedResponseException.class, 1),
        none("an_answer_without_a_token", TOKEN, json(json -> json.remove("access_token")))
            .startsNothing(UnexpectedResponseException.class, 1),
        none(
                "a_token_that_would_split_a_header",
                TOKEN,
                json(json -> json.put("access_token", "a\r\nX-Evil: b")))
            .startsNothing(UnexpectedResponseException.class, 1),
        none("a_server_that_does_not_say_where_tokens_are", DISCOVERY, outcome(404, "not-found"))
            .startsNothing(NotFoundException.class, 3),
        none("a_discovery_that_is_a_web_page", DISCOVERY, html(200))
            .startsNothing(UnexpectedResponseException.class, 1),
        none(
                "a_token_endpoint_on_a_link_local_address",
                DISCOVERY,
                json(json -> json.put("token_endpoint", "http://169.254.169.254/token")))
            .startsNothing(UnexpectedResponseException.class, 1),
        none(
                "a_token_endpoint_on_the_file_system",
                DISCOVERY,
                json(json -> json.put("token_endpoint", "file:///tmp/token")))
            .startsNothing(UnexpectedResponseException.class, 1),
        that("a_discovery_that_fails_is_asked_again").once(DISCOVERY, status(503)),
        that("a_token_without_its_lifetime_is_used")
            .always(TOKEN, json(json -> json.remove("expires_in"))),
        that("a_token_whose_lifetime_is_text_is_used")
            .always(TOKEN, json(json -> json.put("expires_in", "3600"))),
        that("a_token_of_five_seconds_is_used")
            .always(TOKEN, json(json -> json.put("expires_in", 5))));
  }

  private static Scenario none(String name, Stage stage, Fault fault) {
    return that(name + "_starts_nothing").always(stage, fault).kickOffs(0, 0);
  }

  private static Fault invalidClient() {
    return reply(Reply.json(400, "{\"error\":\"invalid_client\"}"));
  }
}
