package health.ferry.examples;

import static health.ferry.examples.faults.Visits.patient;
import static health.ferry.examples.faults.Visits.pulse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.examples.faults.Visits;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.HamiAnswer;
import health.ferry.testkit.HamiIssue;
import health.ferry.testkit.HamiTransaction;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Exit code and status of {@code ferry hami-submit}, by what goes wrong. */
class HamiSubmitExitCodesTest extends FreshHami {

  private static final HamiIssue BIRTH_DATE =
      new HamiIssue("Patient", "birthDate", "must be a valid date", "Invalid date format");

  private void putThreeBundles() throws IOException {
    Visits.write(input().resolve("visits.ndjson"), 3);
  }

  private void refuseTheSecondPatient() {
    server.options(
        server
            .options()
            .verdict(
                bundle ->
                    bundle.contains("\"p2\"")
                        ? Optional.of(HamiAnswer.unprocessable(BIRTH_DATE))
                        : Optional.empty()));
  }

  @Test
  void a_bundle_that_is_refused_is_failed_1_and_the_rest_go_on() throws Exception {
    putThreeBundles();
    refuseTheSecondPatient();

    JsonNode result = submit().requireSubmission(1, "failed").json();

    assertThat(bundles(result)).containsExactly(2, 1, 0);
    assertThat(result.path("resources").asInt()).isEqualTo(2 * Visits.RESOURCES);
    assertThat(texts(result.path("transactionIds"))).isEqualTo(acceptedIds()).hasSize(2);
    assertThat(result.path("rejections")).hasSize(1);
    JsonNode rejection = result.path("rejections").get(0);
    assertThat(rejection.path("bundle").asInt()).isEqualTo(2);
    assertThat(rejection.path("status").asInt()).isEqualTo(422);
    assertThat(rejection.path("path").asText()).isEqualTo("Patient.birthDate");
    assertThat(rejection.path("rule").asText()).isNotBlank();
    assertThat(rejection.path("input").asText()).isEqualTo("visits.ndjson line 3: Patient/p2");
    assertThat(rejection.path("fullUrl").asText()).startsWith("urn:uuid:");
    assertThat(result.path("message").asText())
        .contains("bundle 2: 422 at Patient.birthDate, from visits.ndjson line 3: Patient/p2");
  }

  @Test
  void a_refused_entry_is_told_by_the_file_and_line_it_came_from_and_so_in_later_runs()
      throws Exception {
    putThreeBundles();
    server.script(
        ControlAnswer.asUsual(),
        HamiAnswer.unprocessable(
            new HamiIssue("Bundle", "entry[1].resource.code", "must be known", "Unknown code")));

    JsonNode first = submit().requireSubmission(1, "failed").json();
    FerryRun second = submit("--verbose").requireSubmission(1, "failed");

    JsonNode rejection = first.path("rejections").get(0);
    assertThat(rejection.path("path").asText()).isEqualTo("Bundle.entry[1].resource.code");
    assertThat(rejection.path("input").asText())
        .isEqualTo("visits.ndjson line 4: Observation/p2-pulse");
    assertThat(second.json().path("rejections")).isEqualTo(first.path("rejections"));
    assertThat(second.json().path("message")).isEqualTo(first.path("message"));
    assertThat(second.err())
        .contains(
            "In bundle 2: visits.ndjson line 3: Patient/p2; visits.ndjson line 4:"
                + " Observation/p2-pulse");
  }

  @Test
  void a_refusal_that_names_no_entry_tells_the_first_of_the_bundles_inputs() throws Exception {
    putThreeBundles();
    server.script(HamiAnswer.error(400, "Refused", "Not this one"));

    JsonNode result = submit().requireSubmission(1, "failed").json();

    JsonNode rejection = result.path("rejections").get(0);
    assertThat(rejection.has("input")).isTrue();
    assertThat(rejection.path("input").isNull()).isTrue();
    assertThat(rejection.path("fullUrl").isNull()).isTrue();
    assertThat(result.path("message").asText())
        .contains("bundle 1: 400, of visits.ndjson line 1: Patient/p1 and 1 more");
  }

  @Test
  void a_bundle_that_was_refused_is_not_sent_again() throws Exception {
    putThreeBundles();
    refuseTheSecondPatient();
    JsonNode first = submit().requireSubmission(1, "failed").json();

    JsonNode second = submit().requireSubmission(1, "failed").json();

    assertThat(server.requests()).hasSize(3);
    assertThat(second.path("rejections")).isEqualTo(first.path("rejections"));
    assertThat(second.path("bundles")).isEqualTo(first.path("bundles"));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 409, 413})
  void so_it_is_with_other_words_for_a_bad_bundle(int status) throws Exception {
    putThreeBundles();
    server.script(HamiAnswer.error(status, "Refused", "Not this one"));

    JsonNode result = submit().requireSubmission(1, "failed").json();

    assertThat(bundles(result)).containsExactly(2, 1, 0);
    assertThat(result.path("rejections").get(0).path("status").asInt()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 415})
  void a_call_that_is_refused_is_3_and_stops_at_once(int status) throws Exception {
    putThreeBundles();
    server.script(10, HamiAnswer.error(status, "Refused", "Not you"));

    JsonNode result = submit().requireSubmission(3, "refused").json();

    assertThat(server.requests()).hasSize(1);
    assertThat(bundles(result)).containsExactly(0, 0, 3);
    assertThat(result.path("message").asText()).contains(Integer.toString(status));
  }

  @Test
  void an_unknown_group_is_refused_3() throws Exception {
    putThreeBundles();
    server.options(server.options().groupId("south-clinic"));
    String[] args = args();
    server.options(server.options().groupId("north-clinic"));

    JsonNode result = FerryRun.here(args).requireSubmission(3, "refused").json();

    assertThat(result.path("message").asText()).contains("--group");
  }

  @Test
  void refused_comes_before_rejected() throws Exception {
    putThreeBundles();
    server.script(HamiAnswer.unprocessable(BIRTH_DATE), HamiAnswer.unauthorized());

    JsonNode result = submit().requireSubmission(3, "refused").json();

    assertThat(bundles(result)).containsExactly(0, 1, 2);
  }

  @Test
  void html_in_place_of_an_answer_is_incomplete_4() throws Exception {
    put("visit.ndjson", Visits.of("one"));
    server.script(20, ControlAnswer.html(200));

    JsonNode result = submit().requireSubmission(4, "incomplete").json();
    server.clearScripts();

    assertThat(bundles(result)).containsExactly(0, 0, 1);
    submit().requireSubmission(0, "complete");
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void a_server_in_trouble_to_the_end_is_incomplete_4_and_is_resumed(int status) throws Exception {
    putThreeBundles();
    server.script(ControlAnswer.asUsual());
    server.script(20, ControlAnswer.html(status));

    JsonNode result = submit().requireSubmission(4, "incomplete").json();
    server.clearScripts();

    assertThat(bundles(result)).containsExactly(1, 0, 2);
    assertThat(result.path("message").asText()).contains("again");
    submit().requireSubmission(0, "complete");
    assertThat(server.stored()).hasSize(3 * Visits.RESOURCES);
    assertThat(server.transactions()).hasSize(3);
  }

  @Test
  void incomplete_comes_before_rejected() throws Exception {
    putThreeBundles();
    server.script(HamiAnswer.unprocessable(BIRTH_DATE));
    server.script(20, HamiAnswer.internalServerError());

    JsonNode result = submit().requireSubmission(4, "incomplete").json();

    assertThat(bundles(result)).containsExactly(0, 1, 2);
  }

  @Test
  void too_many_requests_are_waited_out() throws Exception {
    put("visit.ndjson", Visits.of("one"));
    server.script(HamiAnswer.tooManyRequests(Duration.ofSeconds(1)));

    submit().requireSubmission(0, "complete");

    List<RecordedRequest> requests = server.requests();
    assertThat(requests).hasSize(2);
    assertThat(Duration.ofNanos(requests.get(1).nanos() - requests.get(0).nanos()))
        .isGreaterThanOrEqualTo(Duration.ofMillis(950));
    assertThat(requests.get(1).body()).isEqualTo(requests.get(0).body());
  }

  @Test
  void too_many_requests_beyond_the_deadline_are_incomplete_4() throws Exception {
    put("visit.ndjson", Visits.of("one"));
    server.script(20, HamiAnswer.tooManyRequests(Duration.ofSeconds(60)));

    JsonNode result = submit("--deadline", "2s").requireSubmission(4, "incomplete").json();

    assertThat(bundles(result)).containsExactly(0, 0, 1);
  }

  @Test
  void an_answer_that_does_not_come_before_the_deadline_is_incomplete_4() throws Exception {
    put("visit.ndjson", Visits.of("one"));
    server.script(ControlAnswer.asUsual().delay(Duration.ofSeconds(4)));

    JsonNode result = submit("--deadline", "2s").requireSubmission(4, "incomplete").json();

    assertThat(bundles(result)).containsExactly(0, 0, 1);
    submit().requireSubmission(0, "complete");
    assertThat(server.stored()).hasSize(2);
  }

  @Test
  void a_server_that_cannot_be_reached_is_incomplete_4() throws Exception {
    put("visit.ndjson", Visits.of("one"));
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String[] args = args();
    int url = Arrays.asList(args).indexOf("--base-url") + 1;
    args[url] = "http://127.0.0.1:" + port;

    FerryRun.here(args).requireSubmission(4, "incomplete");
  }

  @Test
  void a_lost_answer_is_asked_for_again_with_the_same_bytes() throws Exception {
    put("visit.ndjson", Visits.of("one"));
    server.script(ControlAnswer.lost());

    submit().requireSubmission(0, "complete");

    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1).body()).isEqualTo(server.requests().get(0).body());
    assertThat(server.stored()).hasSize(2);
  }

  static Stream<Arguments> invalidInput() {
    return Stream.of(
        Arguments.of("empty.json", Visits.bundle(List.of())),
        Arguments.of("dangling.ndjson", dangling()),
        Arguments.of("broken.json", "{\"resourceType\":\"Patient\","),
        Arguments.of("broken.ndjson", patient("one") + "\n{\"resourceType\":\n"),
        Arguments.of("no-resource.json", "{\"name\":\"none\"}"),
        Arguments.of("list.json", "[]"),
        Arguments.of("unknown.json", "{\"resourceType\":\"Pateint\",\"id\":\"one\"}"),
        Arguments.of("empty.ndjson", "\n\n"),
        Arguments.of("notes.txt", "may be data in a form that nobody reads"),
        Arguments.of("html.json", "<!DOCTYPE html><html></html>"),
        Arguments.of(
            "no-status.ndjson", patient("one") + "\n" + withoutStatus(pulse("p", "Patient/one"))));
  }

  private static String dangling() {
    return patient("one") + "\n" + pulse("p", "urn:uuid:11111111-2222-4333-8444-555555555555");
  }

  private static String withoutStatus(String observation) {
    return observation.replace("\"status\":\"final\",", "");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidInput")
  void input_that_hami_would_refuse_or_nobody_can_read_is_invalid_2(String name, String content)
      throws Exception {
    put("good.ndjson", name.startsWith("empty") ? List.of() : Visits.of("good"));
    put(name, content);

    JsonNode result = submit().requireSubmission(2, "invalid").json();

    assertThat(bundles(result)).containsExactly(0, 0, 0);
    assertThat(result.path("message").asText()).contains("Nothing was sent");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void an_input_that_is_not_there_or_holds_nothing_is_invalid_2() throws Exception {
    submit().requireSubmission(2, "invalid");
    Files.delete(input());

    submit().requireSubmission(2, "invalid");

    assertThat(server.requests()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void types_that_hami_does_not_take_are_invalid_2_unless_dropped() throws Exception {
    put("visit.ndjson", Visits.of("one"));
    put("claims.ndjson", List.of("{\"resourceType\":\"Claim\",\"id\":\"c1\"}"));

    JsonNode refused = submit().requireSubmission(2, "invalid").json();
    assertThat(refused.path("message").asText())
        .contains("Claim", "has 1 of it", "--unsupported drop");

    submit("--unsupported", "drop").requireSubmission(0, "complete");
    assertThat(server.stored()).hasSize(2);
  }

  @Test
  void nothing_but_what_is_dropped_is_invalid_2() throws Exception {
    put("claims.ndjson", List.of("{\"resourceType\":\"Claim\",\"id\":\"c1\"}"));

    submit("--unsupported", "drop").requireSubmission(2, "invalid");

    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_torn_last_line_of_the_journal_is_no_harm() throws Exception {
    putThreeBundles();
    server.script(ControlAnswer.asUsual(), HamiAnswer.unauthorized());
    submit().requireSubmission(3, "refused");
    byte[] whole = Files.readAllBytes(journal());
    Files.write(journal(), Arrays.copyOf(whole, whole.length - 7));

    JsonNode result = submit().requireSubmission(0, "complete").json();

    assertThat(bundles(result)).containsExactly(3, 0, 0);
    assertThat(server.transactions()).hasSize(3).noneMatch(HamiTransaction::isDuplicate);
  }

  @Test
  void a_damaged_journal_is_invalid_2() throws Exception {
    putThreeBundles();
    submit().requireSubmission(0, "complete");
    List<String> lines = Files.readAllLines(journal(), StandardCharsets.UTF_8);
    String second = lines.get(1);
    lines.set(1, second.substring(0, second.length() - 1) + "#");
    Files.write(journal(), lines);

    JsonNode result = submit().requireSubmission(2, "invalid").json();

    assertThat(result.path("message").asText()).contains("journal");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void a_journal_of_another_group_is_invalid_2() throws Exception {
    put("visit.ndjson", Visits.of("one"));
    submit().requireSubmission(0, "complete");
    server.options(server.options().groupId("south-clinic"));

    JsonNode result = submit().requireSubmission(2, "invalid").json();

    assertThat(result.path("message").asText()).contains("journal");
    assertThat(server.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"my notes\nof today\n", "one line of notes\n", "no line"})
  void a_file_that_is_no_journal_is_invalid_2_and_stays_as_it_is(String notes) throws Exception {
    put("visit.ndjson", Visits.of("one"));
    Files.writeString(journal(), notes);

    submit().requireSubmission(2, "invalid");

    assertThat(journal()).hasContent(notes);
    assertThat(server.requests()).isEmpty();
  }
}
