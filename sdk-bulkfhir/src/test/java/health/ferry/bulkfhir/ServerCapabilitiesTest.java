package health.ferry.bulkfhir;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import health.ferry.bulkfhir.ExportRequest.Level;
import health.ferry.core.internal.json.JsonTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a CapabilityStatement tells, when it is asked for, and that nobody depends on it. */
class ServerCapabilitiesTest extends KickOffServerTest {

  private static final String STATEMENT =
      """
      {
        "resourceType": "CapabilityStatement",
        "software": {"name": "Harbour", "version": "7.2"},
        "rest": [{
          "mode": "server",
          "operation": [
            {"name": "export",
             "definition": "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/export|2.0.0"},
            {"name": "patient-export",
             "definition": "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/patient-export"}
          ],
          "resource": [
            {"type": "Group", "operation": [
              {"name": "$export",
               "definition": "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/group-export|3.0.0"}
            ]},
            {"type": "Observation", "operation": [{"name": "lastn", "definition": "x"}]}
          ]
        }]
      }
      """;

  private static ServerCapabilities read(String statement) throws IOException {
    return ServerCapabilities.of(JsonTree.read(statement.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void tells_software_levels_and_versions() throws IOException {
    ServerCapabilities server = read(STATEMENT);

    assertThat(server.softwareName()).contains("Harbour");
    assertThat(server.softwareVersion()).contains("7.2");
    assertThat(server.exportsSystem()).isTrue();
    assertThat(server.exportsPatients()).isTrue();
    assertThat(server.exportsGroups()).isTrue();
    assertThat(server.bulkDataVersion()).contains("2.0.0");
    assertThat(server.majorVersion(Level.SYSTEM)).isEqualTo(2);
    assertThat(server.majorVersion(Level.PATIENT)).isEqualTo(2);
    assertThat(server.majorVersion(Level.GROUP)).isEqualTo(3);
  }

  @Test
  void an_operation_of_the_servers_own_has_the_level_of_its_place() throws IOException {
    ServerCapabilities server =
        read(
            """
            {"rest": [{"resource": [{"type": "Patient", "operation": [
              {"name": "export", "definition": "https://fhir.example.org/OperationDefinition/-s-x"}
            ]}]}]}
            """);

    assertThat(server.exportsPatients()).isTrue();
    assertThat(server.exportsSystem()).isFalse();
    assertThat(server.exportsGroups()).isFalse();
    assertThat(server.bulkDataVersion()).isEmpty();
    assertThat(server.majorVersion(Level.PATIENT)).isZero();
  }

  @Test
  void the_guide_that_is_instantiated_counts_where_no_operation_has_a_version() throws IOException {
    ServerCapabilities server =
        read(
            """
            {"instantiates": [
              "http://hl7.org/fhir/us/core/CapabilityStatement/us-core-server|6.1.0",
              "http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data|4.0.0"]}
            """);

    assertThat(server.bulkDataVersion()).contains("4.0.0");
    assertThat(server.majorVersion(Level.GROUP)).isEqualTo(4);
    assertThat(server.exportsGroups()).isFalse();
  }

  @Test
  void what_is_not_said_is_unknown() throws IOException {
    ServerCapabilities server = read("{\"rest\": \"none\", \"software\": []}");

    assertThat(server.softwareName()).isEmpty();
    assertThat(server.bulkDataVersion()).isEmpty();
    assertThat(server.majorVersion(Level.SYSTEM)).isZero();
  }

  @Test
  void is_asked_once_for_each_client_and_without_the_credential() {
    speaks("3.0.0");

    try (BulkFhirClient client = client(b -> b)) {
      client.startExport(ExportRequest.system().build());
      client.startExport(ExportRequest.system().types("Patient").build());
      assertThat(client.capabilities().flatMap(ServerCapabilities::bulkDataVersion))
          .contains("3.0.0");
    }

    assertThat(metadataRequests()).hasSize(1);
    LoggedRequest asked = metadataRequests().get(0);
    assertThat(asked.getHeader("Accept")).isEqualTo("application/fhir+json");
    assertThat(asked.containsHeader("Authorization")).isFalse();
  }

  @Test
  void a_request_that_settles_all_by_itself_asks_nothing() {
    kickOffOf(ExportRequest.system().byGet().allowPartialManifests());
    kickOffOf(ExportRequest.system().byPost().allowPartialManifests());
    kickOffOf(ExportRequest.patients().patient("p1").allowPartialManifests());

    assertThat(kickOffs()).hasSize(3);
    assertThat(metadataRequests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"IEHR", "VERADIGM"})
  void a_server_that_is_known_is_not_asked(ExportPreset preset) {
    speaks("4.0.0");

    assertThat(kickOffOf(ExportRequest.group("g1"), preset).getUrl())
        .isEqualTo("/fhir/R4/Group/g1/$export");
    assertThat(metadataRequests()).isEmpty();
  }

  static Stream<ResponseDefinitionBuilder> no_statements() {
    return Stream.of(
        aResponse().withStatus(401),
        aResponse().withStatus(404),
        aResponse().withStatus(503).withHeader("Retry-After", "60"),
        aResponse().withHeader("Content-Type", "text/html").withBody("<html></html>"),
        aResponse().withHeader("Content-Type", "application/json").withBody("{\"rest\":"),
        aResponse().withHeader("Content-Type", "application/json").withBody("{}"),
        aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
        aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
  }

  @ParameterizedTest
  @MethodSource("no_statements")
  void whatever_goes_wrong_means_unknown_and_disturbs_no_export(ResponseDefinitionBuilder answer) {
    metadata(answer);

    try (BulkFhirClient client = client(b -> b)) {
      client.startExport(ExportRequest.system().build());
      client.startExport(ExportRequest.system().build());
      assertThat(client.capabilities()).isEqualTo(Optional.empty());
    }

    assertThat(kickOffs()).hasSize(2).allMatch(sent -> sent.getUrl().equals("/fhir/R4/$export"));
    assertThat(metadataRequests()).hasSize(1);
  }

  @Test
  void a_statement_beyond_the_limit_is_unknown() {
    metadata(
        aResponse()
            .withHeader("Content-Type", "application/json")
            .withBody(
                "{\"resourceType\":\"CapabilityStatement\"," + " ".repeat(2_000) + "\"a\":1}"));

    try (BulkFhirClient client = client(b -> b.transport(t -> t.maxJsonBytes(1_024)))) {
      assertThat(client.capabilities()).isEmpty();
    }
  }

  @Test
  void a_server_that_says_nothing_delays_the_export_by_one_attempt() {
    metadata(aResponse().withFixedDelay(60_000));

    try (BulkFhirClient client =
        client(b -> b.transport(t -> t.attemptTimeout(Duration.ofSeconds(2))))) {
      client.startExport(ExportRequest.system().build());
    }
    assertThat(kickOffs()).hasSize(1);
  }
}
