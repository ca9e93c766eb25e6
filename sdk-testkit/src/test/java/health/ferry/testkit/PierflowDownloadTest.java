package health.ferry.testkit;

import static health.ferry.testkit.PierflowCalls.error;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packages on another host, by a link or a redirect. */
class PierflowDownloadTest extends FreshPierflow {

  private static final PierflowOptions LINKS =
      PierflowOptions.defaults().download(PierflowDownload.LINK);

  private byte[] archive = {};

  @BeforeEach
  void switch_to_links() throws Exception {
    archive = calls.zip(packageId());
    partner.options(LINKS);
  }

  private JsonNode linkAnswer() throws Exception {
    HttpResponse<String> answer = calls.download(packageId());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return Http.json(answer);
  }

  private String link() throws Exception {
    return linkAnswer().path("download_url").asText();
  }

  @Test
  void answers_with_a_link_on_another_origin_field_by_field() throws Exception {
    JsonNode answer = linkAnswer();
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactly("package_id", "download_url", "checksum_sha256", "expires_at");
    assertThat(answer.path("package_id").asText()).isEqualTo(packageId());
    assertThat(answer.path("checksum_sha256"))
        .isEqualTo(calls.list().get(0).path("checksum_sha256"));
    assertThat(answer.path("expires_at").asText()).matches(".*\\.\\d{3}Z");
    URI link = URI.create(answer.path("download_url").asText());
    assertThat(link.getPort()).isNotEqualTo(URI.create(partner.baseUrl()).getPort());
    assertThat(link.getPath()).isEqualTo(partner.filePath(packageId()));
    assertThat(link.getQuery()).contains(Canary.SECRET);
    HttpResponse<byte[]> zip = Http.getBytes(link.toString());
    assertThat(zip.body()).isEqualTo(archive);
    assertThat(zip.headers().firstValue("Content-Type")).contains("application/zip");
    assertThat(zip.headers().firstValue("ETag")).isPresent();
  }

  @Test
  void redirects_to_that_link_when_asked() throws Exception {
    partner.options(LINKS.download(PierflowDownload.REDIRECT));
    HttpResponse<String> answer = calls.download(packageId());
    assertThat(answer.statusCode()).isEqualTo(302);
    String location = answer.headers().firstValue("Location").orElseThrow();
    assertThat(location).startsWith(partner.files().origin());
    assertThat(Http.getBytes(location).body()).isEqualTo(archive);
  }

  @Test
  void refuses_a_credential_on_the_other_host_and_records_it() throws Exception {
    HttpResponse<String> answer = Http.get(link(), "Authorization", "Bearer " + partner.apiKey());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(partner.fileRequests().get(0).header("authorization")).isPresent();
  }

  @Test
  void ends_a_link_after_its_time_and_gives_another_one() throws Exception {
    partner.stopClock();
    partner.options(LINKS.linkLifetime(Duration.ofMinutes(5)));
    String first = link();
    partner.moveClock(Duration.ofMinutes(5).minusMillis(1));
    assertThat(Http.getBytes(first).statusCode()).isEqualTo(200);
    partner.moveClock(Duration.ofMillis(1));
    assertThat(Http.get(first).statusCode()).isEqualTo(403);
    partner.options(LINKS.expiredLink(410));
    assertThat(Http.get(first).statusCode()).isEqualTo(410);
    String second = link();
    assertThat(second).isNotEqualTo(first);
    assertThat(Http.getBytes(second).body()).isEqualTo(archive);
    assertThat(Http.get(second.replaceFirst("\\?.*", "")).statusCode()).isEqualTo(410);
  }

  @Test
  void takes_a_download_up_again_with_a_range_also_under_a_new_link() throws Exception {
    partner.files().fault(partner.filePath(packageId()), Fault.cutAfter(100));
    assertThatThrownBy(() -> Http.getBytes(link())).isInstanceOf(IOException.class);
    String etag = Http.getBytes(link()).headers().firstValue("ETag").orElseThrow();
    HttpResponse<byte[]> rest = Http.getBytes(link(), "Range", "bytes=100-", "If-Range", etag);
    assertThat(rest.statusCode()).isEqualTo(206);
    assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(archive, 100, archive.length));
  }

  @Test
  void cuts_resets_and_refuses_as_scripted_then_serves_as_usual() throws Exception {
    String path = partner.filePath(packageId());
    partner.files().fault(path, Fault.resetAfter(10), Fault.status(503), Fault.html());
    assertThatThrownBy(() -> Http.getBytes(link())).isInstanceOf(IOException.class);
    assertThat(Http.get(link()).statusCode()).isEqualTo(503);
    assertThat(Http.get(link()).body()).startsWith("<!DOCTYPE html>");
    assertThat(Http.getBytes(link()).body()).isEqualTo(archive);
    partner.files().fault(path, Fault.status(500));
    partner.clearScripts();
    assertThat(Http.getBytes(link()).statusCode()).isEqualTo(200);
  }

  @Test
  void serves_as_the_file_options_say() throws Exception {
    partner.options(LINKS.files(LINKS.files().noEtag().ranges(false)));
    HttpResponse<byte[]> answer = Http.getBytes(link(), "Range", "bytes=5-");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("ETag")).isEmpty();
  }

  @Test
  void tells_another_checksum_beside_the_link_when_asked() throws Exception {
    String id = partner.serve(PierflowArchive.of(new byte[] {1}).linkChecksum("0f"));
    JsonNode answer = Http.json(calls.download(id));
    assertThat(answer.path("checksum_sha256").asText()).isEqualTo("0f");
    assertThat(calls.list().get(0).path("checksum_sha256").asText()).hasSize(64);
    String without = partner.serve(PierflowArchive.of(new byte[] {1}).withoutChecksum());
    assertThat(Http.json(calls.download(without)).path("checksum_sha256").isNull()).isTrue();
  }

  @Test
  void serves_a_package_from_disk_by_link_and_refuses_to_hold_a_large_one_in_memory(
      @TempDir Path directory) throws Exception {
    Path file = directory.resolve("large.zip");
    PierflowPackageFile.of(70, 1_000_000).level(0).write(file);
    String id = partner.serve(file);
    String link = Http.json(calls.download(id)).path("download_url").asText();
    assertThat(Http.head(link).headers().firstValueAsLong("Content-Length"))
        .hasValue(file.toFile().length());
    partner.options(LINKS.download(PierflowDownload.ZIP));
    error(calls.download(id), 500, "SANDBOX_SERVES_LARGE_PACKAGES_BY_LINK");
  }

  @Test
  void looks_like_the_code_when_deployed() {
    PierflowOptions deployed = PierflowOptions.deployed();
    assertThat(deployed.download()).isEqualTo(PierflowDownload.LINK);
    assertThat(deployed.lists()).isEqualTo(PierflowForm.DEPLOYED);
    assertThat(deployed.errors()).isEqualTo(PierflowForm.DEPLOYED);
    assertThat(deployed.enforceExpiry()).isFalse();
    assertThat(deployed.refuseUnknownFields()).isFalse();
  }
}
