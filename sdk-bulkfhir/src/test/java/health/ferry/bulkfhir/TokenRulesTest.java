package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.Body;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.RecordedRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where the token goes, and where it must not: STU3 F1, F2 and F6, seen by both origins. */
class TokenRulesTest extends SandboxTest {

  private String bearer() {
    return "Bearer " + partner.staticToken();
  }

  private List<RecordedRequest> fileRequests() {
    List<RecordedRequest> requests = partner.files().requests();
    assertThat(requests).isNotEmpty();
    return requests;
  }

  private static void assertNothingOfUs(RecordedRequest request) {
    assertThat(request.headers().keySet())
        .containsExactlyInAnyOrder("Accept", "Accept-Encoding", "Connection", "Host", "User-Agent");
  }

  /** FHIR R4, "capabilities": anyone may ask. */
  private static boolean isPublic(RecordedRequest request) {
    return request.path().equals("/fhir/R4/metadata");
  }

  @Test
  void files_that_require_the_token_get_it_also_on_another_host() {
    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

    assertThat(fileRequests())
        .allSatisfy(r -> assertThat(r.headers("Authorization")).containsExactly(bearer()));
    assertThat(controlRequests())
        .allSatisfy(
            r ->
                assertThat(r.headers("Authorization"))
                    .isEqualTo(isPublic(r) ? List.of() : List.of(bearer())));
  }

  @Test
  void files_that_do_not_require_it_get_nothing_of_the_caller() {
    options(o -> o.presigned());

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

    assertThat(fileRequests()).allSatisfy(TokenRulesTest::assertNothingOfUs);
    assertThat(controlRequests())
        .allMatch(r -> isPublic(r) || r.header("Authorization").isPresent());
  }

  @Test
  void a_silent_manifest_requires_none() {
    options(
        o ->
            o.filesNeedToken(false)
                .manifestEdit(
                    text -> text.replaceFirst("\"requiresAccessToken\":(true|false),", "")));

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

    assertThat(fileRequests()).allSatisfy(TokenRulesTest::assertNothingOfUs);
  }

  // iEHR: a file that could not be presigned is a Binary of the server itself.
  @Test
  void a_relative_url_is_the_servers_own_and_gets_the_token() {
    options(o -> o.relativeFileUrls(true).requiresAccessToken(false));

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

    assertThat(controlRequests("GET", "/fhir/R4/Binary/"))
        .hasSize(partner.lastJob().filePaths().size())
        .allSatisfy(r -> assertThat(r.headers("Authorization")).containsExactly(bearer()));
    assertThat(partner.files().requests()).isEmpty();
  }

  @Test
  void a_relative_url_that_leads_to_another_host_gets_none() {
    options(
        o ->
            o.filesNeedToken(false)
                .requiresAccessToken(false)
                .manifestEdit(text -> text.replace("\"http://", "\"//")));

    assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

    assertThat(fileRequests()).noneMatch(r -> r.header("Authorization").isPresent());
  }

  @Test
  void a_redirect_to_another_origin_loses_the_token_and_every_other_trace() {
    try (FaultyServer stranger = FaultyServer.start()) {
      stranger.serve("/moved", Body.of("{\"resourceType\":\"Patient\",\"id\":\"1\"}\n"));
      options(o -> o.counts(false));
      partner
          .files()
          .fault("/files/job-1/Patient-1.ndjson", Fault.redirect(307, stranger.url("/moved")));

      assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

      assertThat(stranger.requests()).hasSize(1).allSatisfy(TokenRulesTest::assertNothingOfUs);
      assertThat(contents(out()))
          .containsEntry("Patient-1.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"1\"}\n");
    }
  }

  @Test
  void a_next_page_on_another_origin_gets_none() {
    try (FaultyServer stranger = FaultyServer.start()) {
      stranger.serve(
          "/page2",
          Body.of("{\"output\":[]}"),
          FileOptions.defaults().contentType("application/json"));
      options(
          o ->
              o.manifestEdit(
                  text ->
                      text.replaceFirst(
                          "\\{",
                          "{\"link\":[{\"relation\":\"next\",\"url\":\""
                              + stranger.url("/page2")
                              + "\"}],")));

      assertThat(client().export(EVERYTHING, out()).isComplete()).isTrue();

      assertThat(stranger.requests()).hasSize(1);
      assertThat(stranger.requests().get(0).header("Authorization")).isEmpty();
    }
  }

  @Test
  void an_open_server_gets_none() {
    options(o -> o.requireAuth(false));

    assertThat(opened(b -> b).export(EVERYTHING, out()).isComplete()).isTrue();

    assertThat(partner.requests()).noneMatch(r -> r.header("Authorization").isPresent());
  }
}
