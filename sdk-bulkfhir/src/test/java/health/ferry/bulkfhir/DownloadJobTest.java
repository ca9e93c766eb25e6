package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.InvalidInputException;
import health.ferry.testkit.Fault;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A job that was started elsewhere, known by its token alone. */
class DownloadJobTest extends SandboxTest {

  private String startedElsewhere() {
    return client().startExport(EVERYTHING).resumeToken();
  }

  @Test
  void is_brought_into_a_directory_without_a_kick_off() {
    client().export(EVERYTHING, folder.resolve("plain"));
    Map<String, String> expected = contents(folder.resolve("plain"));
    String token = startedElsewhere();

    ExportResult result = client().download(token, out(), options -> options);

    assertThat(result.isComplete()).isTrue();
    assertThat(contents(out())).isEqualTo(expected);
    assertThat(partner.kickOffs()).isEqualTo(2);
    assertThat(partner.deletes()).isEqualTo(2);
  }

  @Test
  void goes_on_where_it_ended() {
    String token = startedElsewhere();
    partner.files().fault("/files/job-1/Patient-1.ndjson", 5, Fault.status(500));
    assertThat(client().download(token, out(), options -> options).isComplete()).isFalse();
    int fetched = partner.files().requests().size();

    assertThat(client().download(token, out(), options -> options).isComplete()).isTrue();
    assertThat(partner.files().requests()).hasSize(fetched + 1);
    assertThat(client().download(token, out(), options -> options).wasAlreadyComplete()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  @Test
  void may_be_the_job_of_an_export_into_the_same_directory() {
    partner.files().fault("/files/job-1/Patient-1.ndjson", 5, Fault.status(500));
    client().export(EVERYTHING, out());
    String token = client().resume(ResumeToken.of(statusUrl())).resumeToken();

    assertThat(client().download(token, out(), options -> options).isComplete()).isTrue();
    assertThat(partner.kickOffs()).isEqualTo(1);
  }

  private okhttp3.HttpUrl statusUrl() {
    return okhttp3.HttpUrl.get(partner.lastJob().statusUrl());
  }

  @Test
  void must_not_be_mixed_with_another_in_one_directory() {
    client().export(EVERYTHING, out(), ExportOptions::keepJob);
    String other = startedElsewhere();

    assertThatThrownBy(() -> client().download(other, out(), options -> options))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("another");
  }

  @Test
  void must_be_of_this_server() {
    String foreign = ResumeToken.of(okhttp3.HttpUrl.get("https://other.example/job/1"));

    assertThatThrownBy(() -> client().download(foreign, out(), options -> options))
        .isInstanceOf(InvalidInputException.class);
    assertThat(out()).doesNotExist();
  }
}
