package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.testkit.AttachmentPlace;
import health.ferry.testkit.Fault;
import health.ferry.testkit.RecordedRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Documents that lie beside the resources which name them. */
class AttachmentExportTest extends SandboxTest {

  private static final byte[] LETTER = "%PDF-1.4 a letter".getBytes(StandardCharsets.US_ASCII);

  @BeforeEach
  void documentsElsewhereAreOpen() {
    options(o -> o.filesNeedToken(false));
  }

  private String attach(AttachmentPlace place) {
    return partner.attach(partner.patientIds().get(0), "application/pdf", LETTER, place);
  }

  private List<Path> documents() throws IOException {
    try (Stream<Path> all = Files.list(out().resolve("attachments"))) {
      return all.filter(file -> !file.endsWith("index.jsonl")).toList();
    }
  }

  @ParameterizedTest
  @EnumSource(AttachmentPlace.class)
  void come_with_the_export_when_they_are_asked_for(AttachmentPlace place) throws IOException {
    attach(place);

    ExportResult result = client().export(EVERYTHING, out(), ExportOptions::attachments);

    assertThat(result.failures()).isEmpty();
    assertThat(documents()).hasSize(1);
    assertThat(Files.readAllBytes(documents().get(0))).isEqualTo(LETTER);
    assertThat(Files.readString(out().resolve("attachments/index.jsonl")))
        .contains("DocumentReference/", documents().get(0).getFileName().toString());
    assertThat(partner.deletes()).isEqualTo(1);
  }

  @Test
  void stay_away_otherwise() {
    attach(AttachmentPlace.FILE_SERVER);

    client().export(EVERYTHING, out());

    assertThat(out().resolve("attachments")).doesNotExist();
  }

  @Test
  void on_another_host_never_get_the_token() {
    options(o -> o.requiresAccessToken(true));
    String url = attach(AttachmentPlace.FILE_SERVER);

    client().export(EVERYTHING, out(), ExportOptions::attachments);

    List<RecordedRequest> asked =
        partner.requests().stream().filter(request -> url.endsWith(request.path())).toList();
    assertThat(asked).isNotEmpty().allMatch(r -> r.header("Authorization").isEmpty());
  }

  @Test
  void that_fail_keep_the_job_and_come_with_the_next_run() throws IOException {
    String url = attach(AttachmentPlace.FILE_SERVER);
    String path = url.substring(partner.fileOrigin().length());
    partner.files().fault(path, 5, Fault.status(500));

    ExportResult first = client().export(EVERYTHING, out(), ExportOptions::attachments);
    assertThat(first.failures()).hasSize(1);
    assertThat(first.failures().get(0).file()).startsWith("attachments/");
    assertThat(partner.deletes()).isZero();

    assertThat(client().export(EVERYTHING, out(), ExportOptions::attachments).isComplete())
        .isTrue();
    assertThat(Files.readAllBytes(documents().get(0))).isEqualTo(LETTER);
    assertThat(partner.kickOffs()).isEqualTo(1);
  }
}
