package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The calls of an importer. */
final class PierflowCalls {

  private final PierflowPartner partner;

  PierflowCalls(PierflowPartner partner) {
    this.partner = partner;
  }

  HttpResponse<String> get(String path) throws Exception {
    return Http.get(url(path), "Authorization", "Bearer " + partner.apiKey());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return Http.post(
        url(path),
        body,
        "Authorization",
        "Bearer " + partner.apiKey(),
        "Content-Type",
        "application/json");
  }

  String url(String path) {
    return partner.baseUrl() + path;
  }

  String listPath() {
    return "/v1/organizations/" + partner.organizationId() + "/import-packages";
  }

  List<JsonNode> list() throws Exception {
    return list("READY");
  }

  List<JsonNode> list(String status) throws Exception {
    HttpResponse<String> answer = get(listPath() + "?status=" + status);
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = Http.json(answer);
    assertThat(body).hasSize(1);
    return body.path("packages").valueStream().toList();
  }

  HttpResponse<String> download(String packageId) throws Exception {
    return get("/v1/import-packages/" + packageId + "/download");
  }

  byte[] zip(String packageId) throws Exception {
    HttpResponse<byte[]> answer =
        Http.getBytes(
            url("/v1/import-packages/" + packageId + "/download"),
            "Authorization",
            "Bearer " + partner.apiKey());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
    return answer.body();
  }

  HttpResponse<String> acknowledge(String packageId, String body) throws Exception {
    return post("/v1/import-packages/" + packageId + "/acknowledge", body);
  }

  /** The error's body, its code checked. */
  static JsonNode error(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    JsonNode body = Http.json(answer);
    assertThat(body.path("error").asText()).isEqualTo(code);
    return body;
  }

  /** An archive's files by name; the entry of a folder is left out. */
  static Map<String, String> files(byte[] zip) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return files;
  }
}
