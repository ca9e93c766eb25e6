package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import health.ferry.core.UnexpectedResponseException;
import health.ferry.testkit.Canary;
import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests as live servers write them, and those that cannot be used. */
class ManifestTest extends SandboxTest {

  private static final String TIME = "'transactionTime':'2026-03-04T05:06:07.008+02:00'";
  private static final String PATIENTS = "{'type':'Patient','url':'https://a.example/p','count':3}";

  private static String json(String withQuotes) {
    return withQuotes.replace('\'', '"');
  }

  private ExportManifest manifest(ControlAnswer answer) {
    partner.script(Step.MANIFEST, answer);
    return client().startExport(EVERYTHING).await(Duration.ofMinutes(1));
  }

  private ExportManifest manifest(String withQuotes) {
    return manifest(ControlAnswer.json(200, json(withQuotes)));
  }

  @Test
  void every_list_is_read_and_what_was_received_is_kept() {
    String text =
        "{"
            + TIME
            + ",'requiresAccessToken':true,'output':["
            + PATIENTS
            + "],'deleted':[{'type':'Bundle','url':'https://a.example/d'}],"
            + "'error':[{'type':'OperationOutcome','url':'https://a.example/e'}],'new':[1]}";

    ExportManifest manifest = manifest(text);

    assertThat(manifest.transactionTime()).contains(Instant.parse("2026-03-04T03:06:07.008Z"));
    assertThat(manifest.requiresAccessToken()).isTrue();
    assertThat(manifest.output().get(0).count()).hasValue(3);
    assertThat(manifest.output().get(0).type()).contains("Patient");
    assertThat(manifest.deleted())
        .extracting(ManifestFile::url)
        .containsExactly("https://a.example/d");
    assertThat(manifest.error())
        .extracting(ManifestFile::url)
        .containsExactly("https://a.example/e");
    assertThat(manifest.raw()).containsExactly(json(text));
  }

  @Test
  void deleted_and_error_may_be_missing() {
    ExportManifest manifest =
        manifest("{" + TIME + ",'requiresAccessToken':false,'output':[" + PATIENTS + "]}");

    assertThat(manifest.files()).hasSize(1);
    assertThat(manifest.deleted()).isEmpty();
    assertThat(manifest.error()).isEmpty();
  }

  @Test
  void deleted_and_error_may_be_null() {
    assertThat(manifest("{'output':[],'deleted':null,'error':null}").files()).isEmpty();
  }

  @Test
  void outcome_is_the_new_name_of_error() {
    assertThat(
            manifest("{'output':[],'outcome':[{'url':'https://a.example/o'}]}")
                .error()
                .get(0)
                .type())
        .isEmpty();
  }

  @Test
  void a_count_may_be_a_text() {
    String file = "{'type':'Patient','url':'https://a.example/p','count':'12'}";
    assertThat(manifest("{'output':[" + file + "]}").output().get(0).count()).hasValue(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'outputOrganizedBy':null,", "'outputOrganizedBy':'',"})
  void output_is_organized_only_by_a_type(String value) {
    ExportManifest manifest = manifest("{" + value + "'output':[" + PATIENTS + "]}");

    assertThat(manifest.outputOrganizedBy()).isEmpty();
    assertThat(manifest.output().get(0).type()).contains("Patient");
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "'true'", "'True'"})
  void a_boolean_may_be_a_text(String value) {
    assertThat(manifest("{'requiresAccessToken':" + value + ",'output':[]}").requiresAccessToken())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'requiresAccessToken':'false',", "'requiresAccessToken':null,"})
  void without_a_clear_yes_files_need_no_token(String value) {
    assertThat(manifest("{" + value + "'output':[]}").requiresAccessToken()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'transactionTime':'yesterday',", "'transactionTime':17,"})
  void a_time_that_cannot_be_read_is_none(String value) {
    assertThat(manifest("{" + value + "'output':[]}").transactionTime()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "'-12'", "'many'", "null", "1.5e300"})
  void a_count_that_is_none_is_none(String count) {
    String file = "{'type':'Patient','url':'https://a.example/p','count':" + count + "}";
    assertThat(manifest("{'output':[" + file + "]}").output().get(0).count()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json;charset=ISO-8859-1",
        "application/fhir+json; charset=utf-8",
        "APPLICATION/JSON"
      })
  void the_content_type_may_be_any_json(String type) {
    assertThat(
            manifest(ControlAnswer.json(200, json("{'output':[]}")).header("Content-Type", type))
                .files())
        .isEmpty();
  }

  @Test
  void all_pages_are_one_manifest() {
    String pages = "/fhir/R4/bulkdata/export/";
    partner.script(
        Step.MANIFEST,
        ControlAnswer.json(
            200,
            json("{" + TIME + ",'output':[" + PATIENTS + "],'link':[{'relation':'self','url':'x'},")
                + json("{'relation':'next','url':'" + pages + "job-1?page=2'}]}")),
        ControlAnswer.json(
            200,
            json("{'output':[{'type':'Observation','url':'https://a.example/o'}],")
                + json("'deleted':[{'type':'Bundle','url':'https://a.example/d'}],")
                + json("'link':[{'relation':'next','url':'" + pages + "job-1?page=3'}]}")),
        ControlAnswer.json(
            200, json("{'output':[{'type':'Patient','url':'https://a.example/p3'}]}")));

    ExportManifest manifest = client().startExport(EVERYTHING).await(Duration.ofMinutes(1));

    assertThat(manifest.output())
        .extracting(file -> file.type().orElseThrow())
        .containsExactly("Patient", "Observation", "Patient");
    assertThat(manifest.deleted()).hasSize(1);
    assertThat(manifest.raw()).hasSize(3);
    assertThat(manifest.transactionTime()).isPresent();
    assertThat(controlRequests("GET", "job-1"))
        .allMatch(r -> r.header("Accept").orElse("").equals("application/json"));
  }

  @Test
  void a_url_that_is_listed_twice_is_one_file() {
    assertThat(manifest("{'output':[" + PATIENTS + "," + PATIENTS + "]}").files()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "'requiresAccessToken':null,"})
  void a_page_that_is_silent_of_the_token_is_as_the_first(String silent) {
    partner.script(
        Step.MANIFEST,
        ControlAnswer.json(
            200,
            json("{'requiresAccessToken':true,'output':[],'link':[{'relation':'next',")
                + json("'url':'/fhir/R4/bulkdata/export/job-1?page=2'}]}")),
        ControlAnswer.json(200, json("{" + silent + "'output':[" + PATIENTS + "]}")));

    ExportManifest manifest = client().startExport(EVERYTHING).await(Duration.ofMinutes(1));

    assertThat(manifest.files()).allMatch(file -> file.requiresAccessToken().orElse(false));
  }

  @Test
  void pages_without_end_are_refused_before_they_fill_the_memory() {
    String page = "{'output':[],'pad':'%s','link':[{'relation':'next','url':'job-1?page=%d'}]}";
    ControlAnswer[] pages = new ControlAnswer[20];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = ControlAnswer.json(200, json(page.formatted("x".repeat(900), i)));
    }
    partner.script(Step.MANIFEST, pages);
    BulkFhirClient client =
        client(builder -> builder.transport(transport -> transport.maxJsonBytes(1024)));

    assertThatThrownBy(() -> client.startExport(EVERYTHING).await(Duration.ofMinutes(1)))
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("pages do not end");
    assertThat(controlRequests("GET", "job-1")).hasSizeBetween(9, 11);
  }

  @Test
  void pages_that_lead_in_a_circle_are_refused() {
    String next = "{'output':[],'link':[{'relation':'next','url':'job-1?page=%d'}]}";
    partner.script(
        Step.MANIFEST,
        ControlAnswer.json(200, json(next.formatted(2))),
        ControlAnswer.json(200, json(next.formatted(3))),
        ControlAnswer.json(200, json(next.formatted(2))));

    assertThat(refusedManifest()).hasMessageContaining("circle");
  }

  @Test
  void a_manifest_without_files_is_a_success() {
    partner.script(Step.MANIFEST, ControlAnswer.json(200, json("{" + TIME + ",'output':[]}")));

    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.isComplete()).isTrue();
    assertThat(result.files()).isEmpty();
    assertThat(result.resources()).isEmpty();
    assertThat(partner.deletes()).isEqualTo(1);
    assertThat(client().export(EVERYTHING, out()).wasAlreadyComplete()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  static Stream<ControlAnswer> unusable() {
    return Stream.of(
        ControlAnswer.html(200),
        ControlAnswer.status(200).header("Content-Type", "application/fhir+ndjson").body("{}\n"),
        ControlAnswer.status(200).header("Content-Type", "text/plain").body("done"),
        ControlAnswer.json(200, ""),
        ControlAnswer.json(200, "{\"output\":[{\"type\":\"Patient\",\"url\":\"https"),
        ControlAnswer.json(200, "[]"),
        ControlAnswer.json(200, "{\"a\":".repeat(2_000)),
        ControlAnswer.json(200, "null"),
        ControlAnswer.json(200, "{}"),
        ControlAnswer.json(200, "{\"output\":{}}"),
        ControlAnswer.json(200, "{\"output\":[{\"type\":\"Patient\"}]}"),
        ControlAnswer.json(200, "{\"output\":[{\"type\":\"Patient\",\"url\":\" \"}]}"),
        ControlAnswer.json(
            200, "{\"output\":[{\"type\":\"../../x\",\"url\":\"https://a.example\"}]}"),
        ControlAnswer.json(200, "{\"output\":[\"https://a.example\"]}"),
        ControlAnswer.operationOutcome(200, "informational", "for " + Canary.FAMILY),
        ControlAnswer.json(
            200, "{\"output\":[],\"pad\":\"" + "x".repeat(10 * 1024 * 1024) + "\"}"));
  }

  @ParameterizedTest
  @MethodSource("unusable")
  void a_manifest_that_cannot_be_used_is_unexpected(ControlAnswer answer) {
    partner.script(Step.MANIFEST, answer);

    refusedManifest();
  }

  @Test
  void a_file_that_no_honest_server_names_fails_and_leaves_the_others() {
    options(
        o ->
            o.manifestEdit(
                text ->
                    text.replaceFirst(
                        "\"url\":\"http://[^\"]+",
                        "\"url\":\"https://169.254.169.254/latest/meta-data")));

    ExportResult result = client().export(EVERYTHING, out());

    assertThat(result.failures()).hasSize(1);
    assertThat(result.failures().get(0).cause())
        .isInstanceOf(UnexpectedResponseException.class)
        .hasMessageContaining("link-local");
    assertThat(result.files()).hasSize(partner.lastJob().filePaths().size() - 1);
  }

  /** Named, once, and without any harm: no file, no DELETE, and the next run goes on. */
  private UnexpectedResponseException refusedManifest() {
    UnexpectedResponseException refused =
        catchThrowableOfType(
            UnexpectedResponseException.class, () -> client().export(EVERYTHING, out()));
    assertThat(refused).isNotNull();
    Canary.assertAbsent(refused);
    assertThat(finished(out())).isEqualTo(List.of());
    assertThat(partner.deletes()).isZero();

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(1);
    return refused;
  }
}
