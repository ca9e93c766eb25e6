package health.ferry.examples.faults;

import static health.ferry.examples.faults.Faults.bytes;
import static health.ferry.examples.faults.Faults.html;
import static health.ferry.examples.faults.Faults.lostAnswer;
import static health.ferry.examples.faults.Faults.outcome;
import static health.ferry.examples.faults.Faults.redirect;
import static health.ferry.examples.faults.Faults.reset;
import static health.ferry.examples.faults.Faults.silence;
import static health.ferry.examples.faults.Faults.status;
import static health.ferry.examples.faults.Scenario.that;
import static health.ferry.examples.faults.Stage.DELETE;

import java.util.List;

/** D1: what can go wrong with the DELETE, and never fails the export. */
final class DeleteFaults {

  private static final int ALL_TRIES = 5;

  private DeleteFaults() {}

  static List<Scenario> all() {
    return List.of(
        delete("200", status(200), 1),
        delete("204", status(204), 1),
        delete("404", outcome(404, "not-found"), 1),
        delete("405", status(405), 1),
        delete("410", status(410), 1),
        delete("403", outcome(403, "forbidden"), 1),
        delete("401", outcome(401, "login"), 2),
        delete("500", status(500), ALL_TRIES),
        delete("501_outcome", outcome(501, "not-supported"), 1),
        delete("a_gateway", html(502), ALL_TRIES),
        delete("a_reset", reset(), ALL_TRIES),
        delete("a_lost_answer", lostAnswer(), ALL_TRIES),
        delete("garbage", bytes("no HTTP\r\n\r\n"), ALL_TRIES),
        delete("a_redirect", redirect(307, "http://169.254.169.254/"), 1),
        delete("silence", silence(), ALL_TRIES).impatient());
  }

  private static Scenario delete(String answer, Fault fault, int tries) {
    return that("a_delete_answered_by_" + answer + "_does_not_fail_the_export")
        .always(DELETE, fault)
        .deletes(tries);
  }
}
