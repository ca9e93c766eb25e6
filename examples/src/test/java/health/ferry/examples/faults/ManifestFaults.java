package health.ferry.examples.faults;

import static health.ferry.examples.faults.Faults.html;
import static health.ferry.examples.faults.Faults.json;
import static health.ferry.examples.faults.Faults.outcome;
import static health.ferry.examples.faults.Faults.output;
import static health.ferry.examples.faults.Faults.patients;
import static health.ferry.examples.faults.Faults.reset;
import static health.ferry.examples.faults.Faults.status;
import static health.ferry.examples.faults.Scenario.that;
import static health.ferry.examples.faults.Stage.FILE;
import static health.ferry.examples.faults.Stage.MANIFEST;
import static health.ferry.examples.faults.Stage.PAGE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.IntegrityException;
import health.ferry.core.NotFoundException;
import health.ferry.core.UnexpectedResponseException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What can be wrong with a manifest that comes whole. */
final class ManifestFaults {

  private ManifestFaults() {}

  static List<Scenario> all() {
    return Stream.of(ways(), urls(), pages(), contradictions()).flatMap(List::stream).toList();
  }

  /** Odd, but in use. */
  private static List<Scenario> ways() {
    return List.of(
        that("a_manifest_without_error_is_taken")
            .in(world -> world.listing("Patient", "Observation", "Bundle")),
        that("a_manifest_without_deleted_is_taken")
            .in(world -> world.listing("Patient", "Observation", "OperationOutcome")),
        that("a_manifest_with_nulls_for_lists_is_taken")
            .in(world -> world.listing("Patient", "Observation"))
            .always(MANIFEST, json(json -> json.putNull("error").putNull("deleted"))),
        that("a_manifest_with_outcome_for_error_is_taken")
            .always(MANIFEST, json(json -> json.set("outcome", json.remove("error")))),
        that("a_manifest_without_files_is_a_success").in(world -> world.listing()),
        that("a_manifest_with_deletions_alone_is_a_success").in(world -> world.listing("Bundle")),
        that("a_manifest_without_a_time_is_taken")
            .always(MANIFEST, json(json -> json.remove("transactionTime"))),
        that("a_manifest_with_an_unreadable_time_is_taken")
            .always(MANIFEST, json(json -> json.put("transactionTime", "yesterday"))),
        that("a_manifest_without_request_is_taken")
            .always(MANIFEST, json(json -> json.remove("request"))),
        that("an_extension_of_any_form_is_taken")
            .always(MANIFEST, json(json -> json.putArray("extension").add("x"))),
        that("a_token_requirement_may_be_text")
            .always(MANIFEST, json(json -> json.put("requiresAccessToken", "true"))),
        that("a_silent_manifest_gives_files_no_token")
            .in(World::presigned)
            .always(MANIFEST, json(json -> json.remove("requiresAccessToken"))),
        that("capability_urls_get_no_token").in(World::presigned),
        that("capability_urls_elsewhere_get_no_token").in(world -> world.presigned().elsewhere()),
        that("files_elsewhere_get_the_token_when_the_manifest_says_so").in(World::elsewhere),
        that("a_type_that_fhir_does_not_know_is_taken")
            .in(world -> world.patients(Corpus.lines("Starship", 3), 3).named("Starship-1.ndjson"))
            .always(MANIFEST, json(json -> patients(json).put("type", "Starship"))),
        that("a_file_without_a_type_is_taken")
            .in(world -> world.named("Resource-1.ndjson"))
            .always(MANIFEST, json(json -> patients(json).remove("type"))),
        that("a_file_without_a_count_is_taken")
            .always(MANIFEST, json(json -> patients(json).remove("count"))),
        that("a_negative_count_says_nothing")
            .always(MANIFEST, json(json -> patients(json).put("count", -1))),
        that("a_count_of_words_says_nothing")
            .always(MANIFEST, json(json -> patients(json).put("count", "many"))));
  }

  private static List<Scenario> urls() {
    return List.of(
        that("a_relative_url_stands_below_the_base_and_is_the_servers_own")
            .always(MANIFEST, url("Binary/Patient")),
        that("a_relative_url_gets_the_token_where_others_get_none")
            .in(World::presigned)
            .always(MANIFEST, url("Binary/Patient")),
        refused("on_the_file_system", "file:///etc/passwd"),
        refused("on_a_link_local_address", "http://169.254.169.254/latest/meta-data"),
        refused("on_a_link_local_address_of_ipv6", "http://[fe80::1]/Patient.ndjson"),
        refused("on_ftp", "ftp://127.0.0.1/Patient.ndjson"),
        refused("on_plain_http_elsewhere", "http://192.0.2.1/Patient.ndjson"),
        refused("with_a_password", "http://a:b@127.0.0.1/Patient.ndjson"),
        refused("that_names_no_host", "http://"),
        that("a_url_listed_twice_is_one_file")
            .always(MANIFEST, json(json -> output(json).add(patients(json).deepCopy()))));
  }

  private static Scenario refused(String where, String url) {
    return that("a_file_" + where + "_is_refused_and_the_others_come")
        .always(MANIFEST, url(url))
        .misses(UnexpectedResponseException.class);
  }

  private static Fault url(String url) {
    return json(json -> patients(json).put("url", url));
  }

  private static List<Scenario> pages() {
    return List.of(
        twoPages("is_read"),
        twoPages("that_fails_is_asked_for_again").once(PAGE, status(503)),
        twoPages("that_is_gateway_html_is_asked_for_again").once(PAGE, html(502)),
        twoPages("that_is_reset_is_asked_for_again").once(PAGE, reset()),
        twoPages("that_is_transiently_gone_is_asked_for_again")
            .once(PAGE, outcome(404, "transient")),
        twoPages("that_wants_a_new_token_gets_one").once(PAGE, outcome(401, "login")),
        twoPages("that_stays_away_is_left_at_the_deadline")
            .always(PAGE, reset())
            .deadline(Duration.ofSeconds(4))
            .fails(DeadlineExceededException.class, 4),
        twoPages("that_is_gone_is_no_success")
            .always(PAGE, outcome(404, "not-found"))
            .fails(NotFoundException.class, 1),
        twoPages("that_is_html_is_no_success")
            .always(PAGE, html(200))
            .fails(UnexpectedResponseException.class, 1),
        twoPages("that_leads_back_to_itself_is_no_success")
            .always(PAGE, json((incident, json) -> next(json, "page2")))
            .fails(UnexpectedResponseException.class, 1),
        twoPages("that_lists_a_file_of_the_first_is_no_second_copy")
            .always(PAGE, ManifestFaults::withTheFirstPagesPatients),
        twoPages("that_says_nothing_of_the_token_is_as_the_first_said")
            .always(PAGE, json(json -> json.remove("requiresAccessToken"))),
        that("a_second_page_elsewhere_gets_no_token")
            .always(
                MANIFEST,
                json(
                    (incident, json) -> {
                      output(json).remove(2);
                      next(json, incident.server().otherOrigin() + "/page2");
                    })),
        that("a_second_page_on_a_link_local_address_is_refused")
            .always(MANIFEST, json(json -> next(json, "http://169.254.169.254/page2")))
            .fails(UnexpectedResponseException.class, 1),
        that("a_second_page_on_the_file_system_is_refused")
            .always(MANIFEST, json(json -> next(json, "file:///tmp/page2")))
            .fails(UnexpectedResponseException.class, 1));
  }

  private static Scenario twoPages(String how) {
    return that("a_second_page_" + how).always(MANIFEST, ManifestFaults::withoutConditions);
  }

  private static Answer withoutConditions(Incident incident) {
    return json(json -> {
          output(json).remove(2);
          next(json, "1/page2");
        })
        .commit(incident);
  }

  private static Answer withTheFirstPagesPatients(Incident incident) {
    RawBulkServer server = incident.server();
    String patients = server.origin() + server.export().link("Patient");
    return json(json -> output(json).addObject().put("type", "Patient").put("url", patients))
        .commit(incident);
  }

  private static void next(ObjectNode json, String url) {
    json.putArray("link").addObject().put("relation", "next").put("url", url);
  }

  /** Against the standard, or against itself. */
  private static List<Scenario> contradictions() {
    return List.of(
        that("a_file_with_fewer_lines_than_the_manifest_counts_is_no_file")
            .always(MANIFEST, json(json -> patients(json).put("count", 41)))
            .misses(IntegrityException.class),
        that("a_file_with_more_lines_than_the_manifest_counts_is_no_file")
            .always(MANIFEST, json(json -> patients(json).put("count", 39)))
            .misses(IntegrityException.class),
        unusable("whose_output_is_no_list", json(json -> json.put("output", "none"))),
        unusable("without_output", json(json -> json.remove("output"))),
        unusable("with_a_file_without_a_url", json(json -> patients(json).remove("url"))),
        unusable("with_a_type_that_leads_out", json(json -> patients(json).put("type", "../../x"))),
        unusable("with_a_type_of_two_words", json(json -> patients(json).put("type", "A B"))),
        that("a_manifest_in_another_order_keeps_the_names_of_files")
            .once(FILE, status(410))
            .once(MANIFEST, incident -> incident.honest())
            .always(MANIFEST, json(ManifestFaults::reverse)));
  }

  private static Scenario unusable(String how, Fault fault) {
    return that("a_manifest_" + how + "_is_refused_and_the_job_is_kept")
        .always(MANIFEST, fault)
        .fails(UnexpectedResponseException.class, 1);
  }

  private static void reverse(ObjectNode json) {
    ArrayNode output = output(json);
    List<JsonNode> files = Stream.of(2, 1, 0).map(output::get).toList();
    output.removeAll();
    output.addAll(files);
  }
}
