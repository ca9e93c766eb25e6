package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The calls of a bulk export with the partner's static token, over plain HTTP. */
final class ExportCalls {

  private final BulkFhirPartner partner;

  ExportCalls(BulkFhirPartner partner) {
    this.partner = partner;
  }

  private String[] withToken(String... headers) {
    return Stream.concat(
            Stream.of("Authorization", "Bearer " + partner.staticToken()), Stream.of(headers))
        .toArray(String[]::new);
  }

  HttpResponse<String> get(String url, String... headers) throws IOException, InterruptedException {
    return Http.get(url, withToken(headers));
  }

  /** A kick-off by GET; {@code path} starts behind the base. */
  HttpResponse<String> kickOff(String path, String... headers)
      throws IOException, InterruptedException {
    return get(partner.baseUrl() + path, headers);
  }

  /** A kick-off by POST; the entries of a Parameters resource, between commas. */
  HttpResponse<String> post(String path, String parameters, String... headers)
      throws IOException, InterruptedException {
    return Http.post(
        partner.baseUrl() + path,
        "{\"resourceType\":\"Parameters\",\"parameter\":[" + parameters + "]}",
        withToken(headers));
  }

  HttpResponse<String> poll() throws IOException, InterruptedException {
    return get(partner.lastJob().statusUrl());
  }

  /** Kicks off by GET, and polls once. */
  JsonNode manifestOf(String path, String... headers) throws IOException, InterruptedException {
    assertThat(kickOff(path, headers).statusCode()).isEqualTo(202);
    return manifest();
  }

  /** Kicks off by POST, and polls once. */
  JsonNode manifestOfPost(String path, String parameters) throws IOException, InterruptedException {
    assertThat(post(path, parameters).statusCode()).isEqualTo(202);
    return manifest();
  }

  private JsonNode manifest() throws IOException, InterruptedException {
    HttpResponse<String> answer = poll();
    assertThat(answer.statusCode()).isEqualTo(200);
    return Http.json(answer);
  }

  /** The lines of all files in one list of the manifest. */
  List<JsonNode> lines(JsonNode manifest, String list) throws IOException, InterruptedException {
    List<JsonNode> lines = new ArrayList<>();
    for (JsonNode entry : manifest.path(list)) {
      HttpResponse<String> file = get(entry.path("url").asText());
      assertThat(file.statusCode()).isEqualTo(200);
      file.body().lines().map(Http::json).forEach(lines::add);
    }
    return lines;
  }

  List<JsonNode> output(JsonNode manifest) throws IOException, InterruptedException {
    return lines(manifest, "output");
  }

  /** {@code Type/id} of each resource. */
  static List<String> identities(List<JsonNode> resources) {
    return resources.stream()
        .map(line -> line.path("resourceType").asText() + "/" + line.path("id").asText())
        .toList();
  }

  static String issueCode(HttpResponse<String> answer) {
    assertThat(Http.json(answer).path("resourceType").asText()).isEqualTo("OperationOutcome");
    return Http.json(answer).path("issue").path(0).path("code").asText();
  }
}
