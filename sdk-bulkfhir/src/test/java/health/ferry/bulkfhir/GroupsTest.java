package health.ferry.bulkfhir;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okForContentType;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import health.ferry.core.CallOptions;
import health.ferry.core.DeadlineExceededException;
import health.ferry.core.FerryException;
import health.ferry.core.PermissionDeniedException;
import health.ferry.core.Secret;
import health.ferry.core.TransportException;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.ValidationException;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.testkit.Canary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups found on a server, and made there. */
class GroupsTest {

  private static final String BEARER = "Bearer " + Canary.SECRET + "-groups";
  private static final ExportGroup TWO = ExportGroup.of(List.of("1", "2"));

  private final List<BulkFhirClient> clients = new ArrayList<>();
  private WireMockServer server;
  private WireMockServer stranger;

  @BeforeEach
  void start() {
    server =
        new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1").globalTemplating(true));
    stranger = new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
    server.start();
    stranger.start();
  }

  @AfterEach
  void stop() {
    clients.forEach(BulkFhirClient::close);
    server.stop();
    stranger.stop();
  }

  private static String url(WireMockServer at, String path) {
    return "http://127.0.0.1:" + at.port() + path;
  }

  private BulkFhirClient client() {
    return client(b -> b.token(Secret.of(Canary.SECRET + "-groups")));
  }

  private BulkFhirClient client(UnaryOperator<BulkFhirClientBuilder> change) {
    BulkFhirClient client =
        change
            .apply(BulkFhirClient.builder(url(server, "/fhir")).time(SystemTime.INSTANCE, () -> 0))
            .build();
    clients.add(client);
    return client;
  }

  private static String bundle(String next, String... resources) {
    List<String> entries = new ArrayList<>();
    for (String resource : resources) {
      entries.add("{\"resource\":" + resource + "}");
    }
    String link = "{\"relation\":\"self\",\"url\":\"ignored\"}";
    if (!next.isEmpty()) {
      link += ",{\"relation\":\"next\",\"url\":\"" + next + "\"}";
    }
    return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[%s],\"entry\":[%s]}"
        .formatted(link, String.join(",", entries));
  }

  private static String group(String id) {
    return "{\"resourceType\":\"Group\",\"id\":\"%s\"}".formatted(id);
  }

  private void answers(String path, String body) {
    server.stubFor(
        get(urlEqualTo(path)).willReturn(okForContentType("application/fhir+json", body)));
  }

  private List<String> foundIds() {
    List<String> ids = new ArrayList<>();
    client().groups().forEach(group -> ids.add(group.id()));
    return ids;
  }

  private <E extends FerryException> E failedSearch(Class<E> type) {
    E failed = catchThrowableOfType(type, this::foundIds);
    assertThat(failed).isNotNull();
    assertThat(failed.operation()).isEqualTo("groups");
    Canary.assertAbsent(failed);
    return failed;
  }

  @Test
  void the_groups_of_all_pages_are_found_with_the_token() {
    answers("/fhir/Group", bundle(url(server, "/fhir?page=2"), group("a"), group("b")));
    answers("/fhir?page=2", bundle("/fhir?page=3"));
    answers("/fhir?page=3", bundle("", group("c")));

    assertThat(foundIds()).containsExactly("a", "b", "c");

    server.verify(
        3,
        getRequestedFor(anyUrl())
            .withHeader("Accept", equalTo("application/fhir+json"))
            .withHeader("Authorization", equalTo(BEARER)));
  }

  @Test
  void a_page_is_asked_for_when_it_is_read() {
    answers("/fhir/Group", bundle("/fhir?page=2", group("a"), group("b")));
    answers("/fhir?page=2", bundle("", group("c")));
    Iterable<ExportableGroup> groups = client().groups();
    server.verify(0, getRequestedFor(anyUrl()));

    Iterator<ExportableGroup> reading = groups.iterator();
    reading.next();
    reading.next();
    server.verify(1, getRequestedFor(anyUrl()));

    assertThat(reading.next().id()).isEqualTo("c");
    assertThat(reading.hasNext()).isFalse();
    assertThat(catchThrowableOfType(NoSuchElementException.class, reading::next)).isNotNull();
    server.verify(2, getRequestedFor(anyUrl()));
  }

  @Test
  void name_members_and_all_else_are_told_as_far_as_the_server_does() {
    String named =
        "{\"resourceType\":\"Group\",\"id\":\"a\",\"name\":\"%s\",\"quantity\":7,\"code\":{\"text\":\"x\"}}"
            .formatted(Canary.FAMILY);
    String listing =
        "{\"resourceType\":\"Group\",\"id\":\"b\",\"member\":[{\"entity\":{\"reference\":\"Patient/1\"}}]}";
    String warning = "{\"resourceType\":\"OperationOutcome\",\"issue\":[]}";
    answers("/fhir/Group", bundle("", named, warning, listing, group("c")));

    List<ExportableGroup> found = new ArrayList<>();
    client().groups().forEach(found::add);

    assertThat(found).extracting(ExportableGroup::id).containsExactly("a", "b", "c");
    assertThat(found.get(0).name()).contains(Canary.FAMILY);
    assertThat(found.get(1).name()).isEmpty();
    assertThat(found)
        .extracting(ExportableGroup::members)
        .containsExactly(OptionalLong.of(7), OptionalLong.of(1), OptionalLong.empty());
    assertThat(found.get(0).raw()).isEqualTo(named);
    assertThat(found.get(0)).hasToString("Group/a");
  }

  @Test
  void a_server_without_groups_has_none() {
    answers("/fhir/Group", "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}");

    assertThat(foundIds()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s/fhir?page=2", "file:///etc/passwd", "mailto:a@b.example"})
  void a_page_elsewhere_is_not_asked_for(String next) {
    answers("/fhir/Group", bundle(next.formatted(url(stranger, "")), group("a")));

    assertThat(failedSearch(UnexpectedResponseException.class))
        .hasMessageContaining("not on the server's own origin");
    stranger.verify(0, getRequestedFor(anyUrl()));
  }

  @Test
  void pages_in_a_circle_end() {
    answers("/fhir/Group", bundle("/fhir?page=2", group("a")));
    answers("/fhir?page=2", bundle("/fhir/Group", group("b")));

    assertThat(failedSearch(UnexpectedResponseException.class)).hasMessageContaining("circle");
    server.verify(2, getRequestedFor(anyUrl()));
  }

  @Test
  void pages_without_end_end_after_a_thousand() {
    answers("/fhir/Group", bundle("/fhir?page=2"));
    server.stubFor(
        get(urlPathEqualTo("/fhir"))
            .willReturn(
                okForContentType(
                    "application/fhir+json",
                    bundle("/fhir?page={{math request.query.page '+' 1}}"))));

    assertThat(failedSearch(UnexpectedResponseException.class)).hasMessageContaining("do not end");
    server.verify(1_000, getRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html | <html>" + Canary.FAMILY + "</html>",
        "application/fhir+json | {\"resourceType\":\"Patient\",\"id\":\"" + Canary.FAMILY + "\"}",
        "application/fhir+json | {\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Group\"}}]}",
        "application/fhir+json | [",
      })
  void what_is_no_list_of_groups_is_unexpected(String type, String body) {
    server.stubFor(get(urlEqualTo("/fhir/Group")).willReturn(okForContentType(type, body)));

    failedSearch(UnexpectedResponseException.class);
  }

  @Test
  void a_server_that_forbids_the_search_is_heard() {
    server.stubFor(
        get(urlEqualTo("/fhir/Group"))
            .willReturn(outcome(403, "forbidden").withHeader("Retry-After", "1")));

    assertThat(failedSearch(PermissionDeniedException.class).errorCode()).contains("forbidden");
  }

  @Test
  void the_search_ends_at_its_deadline() {
    server.stubFor(
        get(urlEqualTo("/fhir/Group"))
            .willReturn(aResponse().withStatus(503).withHeader("Retry-After", "100")));
    Iterator<ExportableGroup> reading =
        client().groups(CallOptions.defaults().deadline(Duration.ofSeconds(20))).iterator();

    assertThat(catchThrowableOfType(DeadlineExceededException.class, reading::hasNext)).isNotNull();
    server.verify(1, getRequestedFor(anyUrl()));
  }

  private static ResponseDefinitionBuilder outcome(int status, String code) {
    return aResponse()
        .withStatus(status)
        .withHeader("Content-Type", "application/fhir+json")
        .withBody(
            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"%s\"}]}"
                .formatted(code));
  }

  private void creationAnswers(ResponseDefinitionBuilder answer) {
    server.stubFor(post(urlEqualTo("/fhir/Group")).willReturn(answer));
  }

  private <E extends FerryException> E failedCreation(Class<E> type) {
    E failed = catchThrowableOfType(type, () -> client().createGroup(TWO));
    assertThat(failed).isNotNull();
    assertThat(failed.operation()).isEqualTo("create group");
    return failed;
  }

  @Test
  void a_group_is_posted_as_it_is_and_known_by_its_id() {
    creationAnswers(
        aResponse()
            .withStatus(201)
            .withHeader("Content-Type", "application/fhir+json")
            .withBody("{\"resourceType\":\"Group\",\"id\":\"g-7\"}"));

    assertThat(client().createGroup(TWO)).isEqualTo("g-7");

    server.verify(
        1,
        postRequestedFor(urlEqualTo("/fhir/Group"))
            .withHeader("Content-Type", equalTo("application/fhir+json"))
            .withHeader("Accept", equalTo("application/fhir+json"))
            .withHeader("Authorization", equalTo(BEARER))
            .withRequestBody(equalTo(TWO.json())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://elsewhere.example/fhir/Group/g-7/_history/1",
        "/fhir/Group/g-7",
        "Group/g-7/_history/2"
      })
  void an_answer_without_a_group_names_the_id_in_its_location(String location) {
    creationAnswers(aResponse().withStatus(201).withHeader("Location", location));
    assertThat(client().createGroup(TWO)).isEqualTo("g-7");

    creationAnswers(outcome(201, "informational").withHeader("Location", location));
    assertThat(client().createGroup(TWO)).isEqualTo("g-7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fhir/Patient/g-7", "/fhir/Group/", "/fhir/Group/a_b", "/"})
  void a_group_that_nobody_names_is_unexpected(String location) {
    creationAnswers(aResponse().withStatus(201).withHeader("Location", location));

    assertThat(failedCreation(UnexpectedResponseException.class)).hasMessageContaining("no id");
    server.verify(1, postRequestedFor(anyUrl()));
  }

  @Test
  void a_lost_answer_is_told_and_nothing_is_sent_again() {
    creationAnswers(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

    TransportException lost = failedCreation(TransportException.class);

    assertThat(lost.mayHaveBeenProcessed()).isTrue();
    server.verify(1, postRequestedFor(anyUrl()));
  }

  @Test
  void a_refused_group_tells_the_reason() {
    creationAnswers(outcome(422, "invalid"));

    assertThat(failedCreation(ValidationException.class).errorCode()).contains("invalid");
    server.verify(1, postRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource({
    "permission-v1, system%2FGroup.read, system%2FGroup.write",
    "permission-v2, system%2FGroup.rs, system%2FGroup.c"
  })
  void a_token_allows_to_find_groups_and_another_to_make_them(
      String capability, String reading, String creating) throws Exception {
    SigningKey key = SigningKey.parse(TestKeys.pkcs8(TestKeys.ec("secp384r1").getPrivate()), null);
    answers(
        "/fhir/.well-known/smart-configuration",
        "{\"token_endpoint\":\"%s\",\"capabilities\":[\"%s\"]}"
            .formatted(url(server, "/token"), capability));
    server.stubFor(
        post(urlEqualTo("/token"))
            .willReturn(
                okForContentType(
                    "application/json",
                    "{\"access_token\":\"{{formData request.body 'form'}}{{form.scope}}\"}")));
    answers("/fhir/Group", bundle(""));
    creationAnswers(aResponse().withStatus(201).withHeader("Location", "Group/1"));
    BulkFhirClient client = client(b -> b.backendServices("app", key));

    assertThat(client.groups().iterator().hasNext()).isFalse();
    client.createGroup(TWO);

    server.verify(
        1,
        getRequestedFor(urlEqualTo("/fhir/Group"))
            .withHeader("Authorization", equalTo("Bearer " + reading)));
    server.verify(
        1,
        postRequestedFor(urlEqualTo("/fhir/Group"))
            .withHeader("Authorization", equalTo("Bearer " + creating)));
  }
}
