package health.ferry.hami;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import health.ferry.core.ConfigurationException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Secret;
import health.ferry.core.WebhookReplayStore;
import health.ferry.core.WebhookResponse;
import health.ferry.core.WebhookVerificationException;
import health.ferry.testkit.Canary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HAMI's reference page "Intake Summary Webhook". */
class IntakeSummaryReceiverTest {

  private static final String KEY = Canary.SECRET + "-webhook";
  private static final Map<String, List<String>> HEADERS =
      Map.of("Content-Type", List.of("application/json"), "X-Api-Key", List.of(KEY));

  private static final String MESSAGE =
      """
      {"appointmentId": "apt-7", "dateCreated": "2024-05-23T10:12:00.250+02:00",
       "version": 2,
       "intakeSummary": {
         "Patient Information": {"Date of Birth/Age": "2004-05-23", "Gender": "Male"},
         "Chief Complaint": "Vomiting of Zanzibrook",
         "History of Present Illness": {
           "Onset and Duration": "two days", "Associated Symptoms": "fever",
           "Aggravating and Alleviating Factors": "rest", "Severity of Symptoms": "7 of 10"},
         "Summary": "Vomits for two days.",
         "Past Medical History": {
           "Chronic Illnesses": "none", "Previous Hospitalizations": "1",
           "Surgeries": "2", "Allergies": "penicillin"},
         "Family History": "diabetes",
         "Social History": {
           "Social Support": "family", "Occupation": "cook", "Lifestyle": "runs", "Score": 3}}}""";

  private final IntakeSummaryReceiver receiver =
      IntakeSummaryReceiver.builder(Secret.of(KEY)).build();

  @Test
  void every_field_of_the_page_is_read_by_its_name() {
    IntakeSummary summary = receiver.receive(HEADERS, bytes(MESSAGE));

    assertThat(summary.appointmentId()).isEqualTo("apt-7");
    assertThat(summary.dateCreated()).contains(Instant.parse("2024-05-23T08:12:00.250Z"));
    assertThat(summary.isRepeated()).isFalse();
    assertThat(summary.dateOfBirthOrAge()).contains("2004-05-23");
    assertThat(summary.gender()).contains("Male");
    assertThat(summary.chiefComplaint()).contains("Vomiting of Zanzibrook");
    assertThat(summary.onsetAndDuration()).contains("two days");
    assertThat(summary.associatedSymptoms()).contains("fever");
    assertThat(summary.aggravatingAndAlleviatingFactors()).contains("rest");
    assertThat(summary.severityOfSymptoms()).contains("7 of 10");
    assertThat(summary.summary()).contains("Vomits for two days.");
    assertThat(summary.chronicIllnesses()).contains("none");
    assertThat(summary.previousHospitalizations()).contains("1");
    assertThat(summary.surgeries()).contains("2");
    assertThat(summary.allergies()).contains("penicillin");
    assertThat(summary.familyHistory()).contains("diabetes");
    assertThat(summary.socialSupport()).contains("family");
    assertThat(summary.occupation()).contains("cook");
    assertThat(summary.section("Social History"))
        .containsExactly(
            Map.entry("Social Support", "family"),
            Map.entry("Occupation", "cook"),
            Map.entry("Lifestyle", "runs"));
    assertThat(summary.raw()).isEqualTo(MESSAGE);
    Canary.assertAbsent(summary);
  }

  @Test
  void what_is_missing_is_empty() {
    IntakeSummary summary =
        receiver.receive(
            HEADERS,
            bytes(
                "{\"appointmentId\":7,\"dateCreated\":\"today\","
                    + "\"intakeSummary\":{\"Summary\":null,\"Social History\":\"none\"}}"));

    assertThat(summary.appointmentId()).isEqualTo("7");
    assertThat(summary.dateCreated()).isEmpty();
    assertThat(summary.summary()).isEmpty();
    assertThat(summary.occupation()).isEmpty();
    assertThat(summary.section("Social History")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "wrong", KEY + "x", "CANARYQ7SECRET-WEBHOOK"})
  void another_key_is_refused_before_the_body_is_read(String key) throws IOException {
    Map<String, List<String>> headers = Map.of("X-API-KEY", List.of(key));

    assertThatThrownBy(() -> receiver.receive(headers, bytes("no JSON")))
        .isInstanceOf(WebhookVerificationException.class)
        .satisfies(Canary::assertAbsent);
    ByteArrayInputStream body = new ByteArrayInputStream(bytes(MESSAGE));
    assertThat(receiver.handle(headers, body, this::unexpected).status()).isEqualTo(401);
    assertThat(body.available()).isEqualTo(MESSAGE.length());
  }

  @Test
  void no_key_or_two_are_refused() {
    assertThatThrownBy(() -> receiver.receive(Map.of(), bytes(MESSAGE)))
        .isInstanceOf(WebhookVerificationException.class);
    assertThatThrownBy(
            () -> receiver.receive(Map.of("x-api-key", List.of(KEY, KEY)), bytes(MESSAGE)))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void while_a_key_is_changed_both_are_accepted() {
    IntakeSummaryReceiver rotating =
        IntakeSummaryReceiver.builder(Secret.of("next")).alsoAccept(Secret.of(KEY)).build();

    assertThat(rotating.receive(HEADERS, bytes(MESSAGE)).appointmentId()).isEqualTo("apt-7");
    assertThat(rotating.receive(Map.of("X-API-KEY", List.of("next")), bytes(MESSAGE)).isRepeated())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Zanzibrook",
        "[]",
        "{}",
        "{\"appointmentId\":\"Zanzibrook\"",
        "{\"appointmentId\":\"Zanzibrook\"}",
        "{\"appointmentId\":\" \",\"intakeSummary\":{}}",
        "{\"appointmentId\":\"7\",\"intakeSummary\":\"Zanzibrook\"}"
      })
  void what_is_no_intake_summary_is_refused_without_its_content(String body) throws IOException {
    assertThatThrownBy(() -> receiver.receive(HEADERS, bytes(body)))
        .isInstanceOf(InvalidInputException.class)
        .satisfies(Canary::assertAbsent);
    assertThat(handle(receiver, body, new ArrayList<>()).status()).isEqualTo(400);
  }

  @Test
  void a_body_may_have_a_mebibyte_and_no_byte_more() throws IOException {
    String longest = MESSAGE + " ".repeat((1 << 20) - MESSAGE.length());

    assertThat(handle(receiver, longest, new ArrayList<>()).status()).isEqualTo(200);
    assertThat(handle(receiver, longest + " ", new ArrayList<>()).status()).isEqualTo(413);
    assertThatThrownBy(() -> receiver.receive(HEADERS, bytes(longest + " ")))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void the_limit_can_be_set() throws IOException {
    IntakeSummaryReceiver narrow =
        IntakeSummaryReceiver.builder(Secret.of(KEY)).maxBodyBytes(MESSAGE.length() - 1).build();

    assertThat(handle(narrow, MESSAGE, new ArrayList<>()).status()).isEqualTo(413);
    assertThatThrownBy(() -> IntakeSummaryReceiver.builder(Secret.of(KEY)).maxBodyBytes(0).build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("maxBodyBytes");
  }

  @Test
  void a_message_that_comes_twice_is_handed_on_once_and_a_better_one_again() throws IOException {
    List<IntakeSummary> received = new ArrayList<>();

    assertThat(handle(receiver, MESSAGE, received).status()).isEqualTo(200);
    assertThat(handle(receiver, MESSAGE, received).status()).isEqualTo(200);
    assertThat(handle(receiver, MESSAGE.replace("two days", "three days"), received).status())
        .isEqualTo(200);

    assertThat(received)
        .extracting(summary -> summary.onsetAndDuration().orElseThrow())
        .containsExactly("two days", "three days");
  }

  @Test
  void a_message_that_could_not_be_stored_counts_when_it_comes_again() throws IOException {
    assertThatThrownBy(
            () ->
                receiver.handle(
                    HEADERS,
                    new ByteArrayInputStream(bytes(MESSAGE)),
                    summary -> {
                      throw new IllegalStateException("the database is away");
                    }))
        .isInstanceOf(IllegalStateException.class);

    List<IntakeSummary> received = new ArrayList<>();
    handle(receiver, MESSAGE, received);
    assertThat(received).hasSize(1);
  }

  @Test
  void two_receivers_share_the_store_that_they_are_given() {
    WebhookReplayStore store = WebhookReplayStore.inMemory(10);
    IntakeSummaryReceiver one =
        IntakeSummaryReceiver.builder(Secret.of(KEY)).replayStore(store).build();
    IntakeSummaryReceiver other =
        IntakeSummaryReceiver.builder(Secret.of(KEY)).replayStore(store).build();

    assertThat(one.receive(HEADERS, bytes(MESSAGE)).isRepeated()).isFalse();
    assertThat(other.receive(HEADERS, bytes(MESSAGE)).isRepeated()).isTrue();
  }

  @Test
  void serves_under_the_jdks_own_server() throws Exception {
    List<IntakeSummary> received = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/ai-summary",
        exchange -> {
          WebhookResponse answer =
              receiver.handle(
                  exchange.getRequestHeaders(), exchange.getRequestBody(), received::add);
          exchange.sendResponseHeaders(answer.status(), -1);
          exchange.close();
        });
    server.start();
    try {
      URI endpoint =
          URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api/ai-summary");
      assertThat(post(endpoint, KEY)).isEqualTo(200);
      assertThat(post(endpoint, "forged")).isEqualTo(401);
    } finally {
      server.stop(0);
    }
    assertThat(received).extracting(IntakeSummary::appointmentId).containsExactly("apt-7");
  }

  @Test
  void shows_no_key() {
    Canary.assertAbsent(receiver);
  }

  private static int post(URI endpoint, String key) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/json")
            .header("X-API-KEY", key)
            .POST(HttpRequest.BodyPublishers.ofString(MESSAGE))
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).isEmpty();
    return answer.statusCode();
  }

  private static WebhookResponse handle(
      IntakeSummaryReceiver receiver, String body, List<IntakeSummary> received)
      throws IOException {
    WebhookResponse answer =
        receiver.handle(HEADERS, new ByteArrayInputStream(bytes(body)), received::add);
    assertThat(answer.body()).isEmpty();
    return answer;
  }

  private void unexpected(IntakeSummary summary) {
    throw new AssertionError("was handed on");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
