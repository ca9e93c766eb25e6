package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server says about itself at {@code [base]/metadata}. */
class CapabilityStatementTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(PartnerSandbox.builder().patients(1));

  private static final String GUIDE = "http://hl7.org/fhir/uv/bulkdata/";

  private BulkFhirPartner partner;

  @BeforeEach
  void partner(BulkFhirPartner sandbox) {
    partner = sandbox;
  }

  private HttpResponse<String> metadata(BulkFhirOptions options) throws Exception {
    partner.options(options);
    return Http.get(partner.baseUrl() + "/metadata");
  }

  private static String definition(JsonNode statement, String owner) {
    return statement.at("/rest/0" + owner + "/operation/0/definition").asText();
  }

  @ParameterizedTest
  @EnumSource(BulkDataVersion.class)
  void names_the_version_with_each_operation(BulkDataVersion version) throws Exception {
    JsonNode statement = Http.json(metadata(BulkFhirOptions.defaults().version(version)));
    String number = "|" + version.number();
    assertThat(statement.at("/instantiates/0").asText())
        .isEqualTo(GUIDE + "CapabilityStatement/bulk-data" + number);
    String operation = GUIDE + "OperationDefinition/";
    assertThat(definition(statement, "")).isEqualTo(operation + "export" + number);
    assertThat(definition(statement, "/resource/0"))
        .isEqualTo(operation + "patient-export" + number);
    assertThat(definition(statement, "/resource/1")).isEqualTo(operation + "group-export" + number);
  }

  @Test
  void names_no_version_when_asked() throws Exception {
    JsonNode statement =
        Http.json(metadata(BulkFhirOptions.defaults().quirks(Quirk.METADATA_WITHOUT_VERSION)));
    assertThat(statement.has("instantiates")).isFalse();
    assertThat(definition(statement, "")).isEqualTo(GUIDE + "OperationDefinition/export");
  }

  @Test
  void names_the_levels_that_can_be_exported() throws Exception {
    JsonNode statement =
        Http.json(
            metadata(BulkFhirOptions.defaults().kickOff(rules -> rules.levels(ExportLevel.GROUP))));
    assertThat(definition(statement, "")).isEmpty();
    assertThat(definition(statement, "/resource/0")).isEmpty();
    assertThat(definition(statement, "/resource/1")).contains("group-export");
  }

  @Test
  void is_missing_broken_or_a_web_page_when_told() throws Exception {
    BulkFhirOptions options = BulkFhirOptions.defaults();
    assertThat(metadata(options.quirks(Quirk.NO_METADATA)).statusCode()).isEqualTo(404);
    assertThat(metadata(options.quirks(Quirk.METADATA_FAILS)).statusCode()).isEqualTo(500);
    HttpResponse<String> page = metadata(options.quirks(Quirk.METADATA_AS_HTML));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
  }
}
