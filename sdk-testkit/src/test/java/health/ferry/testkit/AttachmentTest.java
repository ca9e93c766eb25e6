package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents whose content lies beside the export, and files that come as Binary resources. */
class AttachmentTest extends FreshSandbox {

  private static final byte[] PDF = {'%', 'P', 'D', 'F', '-', 0, (byte) 0xff, '\n'};
  private static final String FHIR_JSON = "application/fhir+json";

  private String[] token;

  @BeforeEach
  void at_once() {
    partner.options(BulkFhirOptions.defaults().pollsUntilDone(0));
    token = new String[] {"Authorization", "Bearer " + partner.staticToken()};
  }

  private String attach(AttachmentPlace place) {
    return partner.attach(partner.patientIds().get(0), "application/pdf", PDF, place);
  }

  @Test
  void refers_to_the_attachment_from_an_exported_document() throws Exception {
    String url = attach(AttachmentPlace.FHIR_BASE);
    List<JsonNode> documents =
        calls.output(calls.manifestOf("/Patient/$export?_type=DocumentReference"));
    assertThat(documents).hasSize(1);
    JsonNode document = documents.get(0);
    assertThat(document.at("/subject/reference").asText())
        .isEqualTo("Patient/" + partner.patientIds().get(0));
    assertThat(document.at("/content/0/attachment").toString())
        .isEqualTo("{\"contentType\":\"application/pdf\",\"url\":\"" + url + "\",\"size\":8}");
  }

  @Test
  void serves_bytes_or_a_binary_resource_by_the_accept_header() throws Exception {
    String url = attach(AttachmentPlace.FHIR_BASE);
    assertThat(url).matches("Binary/[a-z0-9-]+");
    String absolute = partner.baseUrl() + "/" + url;
    HttpResponse<byte[]> bytes = Http.getBytes(absolute, token);
    assertThat(bytes.headers().firstValue("Content-Type")).contains("application/pdf");
    assertThat(bytes.body()).isEqualTo(PDF);

    HttpResponse<String> resource = calls.get(absolute, "Accept", FHIR_JSON);
    assertThat(resource.headers().firstValue("Content-Type")).contains(FHIR_JSON);
    JsonNode binary = Http.json(resource);
    assertThat(binary.path("resourceType").asText()).isEqualTo("Binary");
    assertThat(binary.path("contentType").asText()).isEqualTo("application/pdf");
    assertThat(Base64.getDecoder().decode(binary.path("data").asText())).isEqualTo(PDF);

    assertThat(Http.get(absolute).statusCode()).isEqualTo(401);
    assertThat(calls.get(partner.baseUrl() + "/Binary/nothing").statusCode()).isEqualTo(404);
    partner.script(Step.BINARY, ControlAnswer.status(503));
    assertThat(calls.get(absolute).statusCode()).isEqualTo(503);
  }

  @Test
  void serves_an_absolute_attachment_under_the_rules_of_files() throws Exception {
    String url = attach(AttachmentPlace.FILE_SERVER);
    assertThat(url).startsWith(partner.fileOrigin() + "/");
    assertThat(Http.get(url).statusCode()).isEqualTo(401);
    assertThat(Http.getBytes(url, token).body()).isEqualTo(PDF);
    partner.options(partner.options().presigned());
    assertThat(Http.get(url, token).statusCode()).isEqualTo(400);
    assertThat(Http.getBytes(url).body()).isEqualTo(PDF);
  }

  @Test
  void tells_which_requests_brought_a_token() throws Exception {
    String url = attach(AttachmentPlace.FILE_SERVER);
    Http.get(url);
    Http.get(url, token);
    String path = url.substring(partner.fileOrigin().length());
    assertThat(partner.requests().stream().filter(request -> request.path().equals(path)))
        .extracting(request -> request.header("Authorization").isPresent())
        .containsExactly(false, true);
  }

  @Test
  void wraps_exported_files_as_hapi_does() throws Exception {
    partner.options(partner.options().quirks(Quirk.FILES_AS_BINARY_RESOURCES));
    String url = calls.manifestOf("/$export?_type=Patient").at("/output/0/url").asText();
    String ndjson = calls.get(url, "Accept", "application/fhir+ndjson").body();
    assertThat(ndjson.lines()).hasSize(3);
    HttpResponse<String> wrapped = calls.get(url, "Accept", FHIR_JSON);
    assertThat(wrapped.headers().firstValue("Content-Type")).contains(FHIR_JSON);
    assertThat(Base64.getDecoder().decode(Http.json(wrapped).path("data").asText()))
        .isEqualTo(ndjson.getBytes(StandardCharsets.UTF_8));
    assertThat(Http.get(url, "Accept", FHIR_JSON).statusCode()).isEqualTo(401);
  }

  @Test
  void wraps_exported_files_under_relative_urls_too() throws Exception {
    partner.options(
        partner.options().quirks(Quirk.FILES_AS_BINARY_RESOURCES).relativeFileUrls(true));
    String url = calls.manifestOf("/$export?_type=Patient").at("/output/0/url").asText();
    HttpResponse<String> wrapped = calls.get(partner.baseUrl() + "/" + url, "Accept", FHIR_JSON);
    assertThat(Http.json(wrapped).path("contentType").asText())
        .isEqualTo("application/fhir+ndjson");
  }
}
