package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import health.ferry.core.CallOptions;
import health.ferry.core.ConfigurationException;
import health.ferry.core.IntegrityException;
import health.ferry.core.NotFoundException;
import health.ferry.core.ProgressListener;
import health.ferry.core.Secret;
import health.ferry.core.TransportOptions;
import health.ferry.core.UnexpectedResponseException;
import health.ferry.core.internal.auth.FixedAuthorizer;
import health.ferry.core.internal.call.Authorization;
import health.ferry.core.internal.call.ClientName;
import health.ferry.core.internal.call.Transport;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.SystemTime;
import health.ferry.testkit.Body;
import health.ferry.testkit.Canary;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileOptions;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Attachments name comes whole, verified, once, and with the token only where it may go. */
class AttachmentDownloadsTest {

  private static final String CONTENT = "%PDF-1.7 of " + Canary.FAMILY;

  @TempDir Path folder;

  private FaultyServer server;
  private Transport transport;
  private final List<String> resources = new ArrayList<>();

  @BeforeEach
  void start() {
    server = FaultyServer.start();
    Authorization token = Authorization.bearer(Secret.of("token-1"));
    transport =
        Transport.open(
                new ClientName("Bulk FHIR", "ferry-bulkfhir"),
                TransportOptions.builder().build(),
                SystemTime.INSTANCE,
                SandboxTest.NO_BACKOFF)
            .authorized(new FixedAuthorizer(token), base());
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
  }

  private HttpUrl base() {
    return HttpUrl.get(server.url("/fhir"));
  }

  /** Adds a DocumentReference whose Attachment has these members. */
  private void document(String members) {
    resources.add(
        "{\"resourceType\":\"DocumentReference\",\"id\":\"d%d\",\"content\":[{\"attachment\":{%s}}]}"
            .formatted(resources.size() + 1, members));
  }

  private static String url(String url) {
    return "\"url\":\"" + url + "\"";
  }

  private List<FailedFile> fetch(boolean requiresAccessToken) throws IOException {
    Path file = Files.write(folder.resolve("DocumentReference-1.ndjson"), resources);
    AttachmentDownloads downloads =
        new AttachmentDownloads(
            transport,
            task -> new Thread(task).start(),
            base(),
            folder,
            16 * 1024 * 1024,
            3,
            ProgressListener.NONE);
    return downloads.fetchMissing(
        List.of(file),
        requiresAccessToken,
        transport.call(
            "export", CallOptions.defaults(), Duration.ofMinutes(1), new Cancellation()));
  }

  /** The files that are there, by the resource that the index says they belong to. */
  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (JsonNode line : index()) {
      Path file = folder.resolve("attachments").resolve(line.path("file").asText());
      assertThat(line.path("bytes").asLong()).isEqualTo(Files.size(file));
      contents.put(line.path("resource").asText(), Files.readString(file));
    }
    return contents;
  }

  private List<JsonNode> index() throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("attachments/index.jsonl"))) {
      lines.add(JsonTree.read(line.getBytes(StandardCharsets.UTF_8)));
    }
    return lines;
  }

  private static List<String> tokens(FaultyServer server) {
    return server.requests().stream()
        .flatMap(request -> request.headers("Authorization").stream())
        .toList();
  }

  @Test
  void absolute_and_relative_urls_are_fetched_under_names_that_the_index_explains()
      throws Exception {
    server.serve("/fhir/Binary/1", Body.of(CONTENT));
    server.serve("/files/2", Body.of("second"));
    document(url("Binary/1") + ",\"contentType\":\"application/pdf\"");
    document(url(server.url("/files/2")));
    document("\"data\":\"AA==\"");

    assertThat(fetch(true)).isEmpty();

    assertThat(contents())
        .isEqualTo(Map.of("DocumentReference/d1", CONTENT, "DocumentReference/d2", "second"));
    assertThat(index().get(0).path("path").asText()).isEqualTo("content[0].attachment");
    assertThat(index().get(0).path("contentType").asText()).isEqualTo("application/pdf");
    assertThat(server.requests("/fhir/Binary/1").get(0).header("Accept"))
        .contains("application/pdf");
    assertThat(server.requests("/files/2").get(0).header("Accept")).contains("*/*");
  }

  @Test
  void the_same_url_is_fetched_once_and_not_again_by_the_next_run() throws Exception {
    server.serve("/fhir/Binary/1", Body.of(CONTENT));
    document(url("Binary/1"));
    document(url("Binary/1"));
    fetch(true);
    server.serve("/fhir/Binary/3", Body.of("third"));
    document(url("Binary/3"));

    assertThat(fetch(true)).isEmpty();

    assertThat(server.requests("/fhir/Binary/1")).hasSize(1);
    assertThat(contents())
        .containsOnlyKeys("DocumentReference/d1", "DocumentReference/d2", "DocumentReference/d3")
        .containsEntry("DocumentReference/d2", CONTENT);
  }

  @Test
  void one_that_cannot_be_had_leaves_the_others_and_is_tried_again_later() throws Exception {
    server.serve("/fhir/Binary/2", Body.of("second"));
    document(url("Binary/1"));
    document(url("Binary/2"));

    List<FailedFile> failures = fetch(true);

    assertThat(failures).hasSize(1);
    assertThat(failures.get(0).cause()).isInstanceOf(NotFoundException.class);
    assertThat(failures.get(0).file()).matches("attachments/[0-9a-f]{32}");
    assertThat(contents()).containsOnlyKeys("DocumentReference/d2");
    server.serve("/fhir/Binary/1", Body.of(CONTENT));
    assertThat(fetch(true)).isEmpty();
    assertThat(contents()).containsEntry("DocumentReference/d1", CONTENT);
  }

  @Test
  void a_connection_that_breaks_is_taken_up_where_it_broke() throws Exception {
    String large = CONTENT.repeat(2_000);
    server.serve("/fhir/Binary/1", Body.of(large), FileOptions.defaults().strongEtag());
    server.fault("/fhir/Binary/1", Fault.cutAfter(1_000));
    document(url("Binary/1") + ",\"size\":" + large.length());

    assertThat(fetch(true)).isEmpty();

    assertThat(contents()).containsEntry("DocumentReference/d1", large);
    assertThat(server.requests("/fhir/Binary/1").get(1).header("Range")).contains("bytes=1000-");
  }

  // F8 and F2; a relative URL is the FHIR server's own.
  @Test
  void the_token_goes_to_the_fhir_server_alone_and_only_when_the_manifest_asks_for_it()
      throws Exception {
    try (FaultyServer stranger = FaultyServer.start()) {
      stranger.serve("/1", Body.of("a"));
      server.serve("/files/2", Body.of("b"));
      document(url(stranger.url("/1")));
      document(url(server.url("/files/2")));

      assertThat(fetch(true)).isEmpty();

      assertThat(tokens(stranger)).isEmpty();
      assertThat(tokens(server)).containsExactly("Bearer token-1");
    }
  }

  @Test
  void a_capability_url_gets_no_token_and_a_relative_one_does() throws Exception {
    server.serve("/files/1", Body.of("a"));
    server.serve("/fhir/Binary/2", Body.of("b"));
    document(url(server.url("/files/1")));
    document(url("Binary/2"));

    assertThat(fetch(false)).isEmpty();

    assertThat(server.requests("/files/1").get(0).header("Authorization")).isEmpty();
    assertThat(server.requests("/fhir/Binary/2").get(0).header("Authorization")).isPresent();
  }

  @Test
  void a_binary_in_json_is_unpacked_and_its_content_verified() throws Exception {
    String data = Base64.getEncoder().encodeToString(CONTENT.getBytes(StandardCharsets.UTF_8));
    server.serve(
        "/fhir/Binary/1",
        Body.of("{\"resourceType\":\"Binary\",\"contentType\":\"a/b\",\"data\":\"" + data + "\"}"));
    document(url("Binary/1") + ",\"size\":" + CONTENT.length() + ",\"hash\":\"" + sha1() + "\"");

    assertThat(fetch(true)).isEmpty();

    assertThat(contents()).containsEntry("DocumentReference/d1", CONTENT);
    assertThat(folder.resolve(".ferry/attachments")).isEmptyDirectory();
  }

  private static String sha1() {
    return ByteString.encodeUtf8(CONTENT).sha1().base64();
  }

  @Test
  void content_of_another_size_or_hash_is_refused() throws Exception {
    server.serve("/fhir/Binary/1", Body.of(CONTENT + "!"));
    server.serve("/fhir/Binary/2", Body.of(CONTENT.replace('P', 'Q')));
    server.serve("/fhir/Binary/3", Body.of(CONTENT));
    document(url("Binary/1") + ",\"size\":" + CONTENT.length());
    document(url("Binary/2") + ",\"hash\":\"" + sha1() + "\"");
    document(url("Binary/3") + ",\"hash\":\"" + sha1() + "\"");

    List<FailedFile> failures = fetch(true);

    assertThat(failures)
        .extracting(FailedFile::reason)
        .satisfiesExactlyInAnyOrder(
            size -> assertThat(size).contains("bytes, its resource says " + CONTENT.length()),
            hash -> assertThat(hash).contains("does not have the hash that its resource gives"));
    failures.forEach(Canary::assertAbsent);
    assertThat(contents()).containsOnlyKeys("DocumentReference/d3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"no hash", "c2hvcnQ=", "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12"})
  void a_hash_that_is_no_sha1_in_base64_says_nothing(String hash) throws Exception {
    server.serve("/fhir/Binary/1", Body.of(CONTENT));
    document(url("Binary/1") + ",\"hash\":\"" + hash + "\"");

    assertThat(fetch(true)).isEmpty();
  }

  @Test
  void an_outcome_or_a_page_in_place_of_content_is_found_out() throws Exception {
    server.serve("/fhir/Binary/1", Body.of("{\"resourceType\":\"OperationOutcome\"}"));
    server.fault("/fhir/Binary/2", 20, Fault.html());
    document(url("Binary/1"));
    document(url("Binary/2"));

    List<FailedFile> failures = fetch(true);

    assertThat(failures)
        .extracting(FailedFile::cause)
        .hasOnlyElementsOfTypes(IntegrityException.class, UnexpectedResponseException.class)
        .hasSize(2);
    assertThat(contents()).isEmpty();
  }

  @Test
  void an_html_document_is_content_where_the_resource_says_so() throws Exception {
    server.serve(
        "/fhir/Binary/1",
        Body.of("<html>note</html>"),
        FileOptions.defaults().contentType("text/html"));
    document(url("Binary/1") + ",\"contentType\":\"text/html; charset=utf-8\"");

    assertThat(fetch(true)).isEmpty();

    assertThat(contents()).containsEntry("DocumentReference/d1", "<html>note</html>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/hosts", "http://169.254.169.254/latest", "http://[x"})
  void a_url_that_no_resource_should_name_is_refused_before_anything_is_sent(String url)
      throws Exception {
    document(url(url));

    List<FailedFile> failures = fetch(true);

    assertThat(failures)
        .extracting(FailedFile::cause)
        .hasOnlyElementsOfType(UnexpectedResponseException.class)
        .hasSize(1);
    assertThat(failures.get(0).reason()).doesNotContain(url);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_media_type_that_no_header_may_hold_is_not_sent() throws Exception {
    server.serve("/fhir/Binary/1", Body.of(CONTENT));
    document(url("Binary/1") + ",\"contentType\":\"a/b\\r\\nX-Injected: 1\"");

    assertThat(fetch(true)).isEmpty();

    RecordedRequest request = server.requests().get(0);
    assertThat(request.header("Accept")).contains("*/*");
    assertThat(request.header("X-Injected")).isEmpty();
  }

  @Test
  void attachments_do_not_go_together_with_a_sink() {
    ExportSink sink = (file, before) -> {};

    assertThatThrownBy(() -> ExportOptions.defaults().sink(sink).attachments())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("attachments");
    assertThatThrownBy(() -> ExportOptions.defaults().attachments().sink(sink))
        .isInstanceOf(ConfigurationException.class);
  }
}
