package health.ferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code separate-export-status}: the job's state apart from the poll's, and jobs that fail. */
class SeparateExportStatusTest {

  @RegisterExtension
  static final PartnerSandboxExtension SANDBOX =
      new PartnerSandboxExtension(PartnerSandbox.builder().patients(1));

  private static final BulkFhirOptions STU3 =
      BulkFhirOptions.defaults().version(BulkDataVersion.STU3).pollsUntilDone(1);
  private static final String[] SEPARATE = {"Prefer", "respond-async,separate-export-status"};
  private static final ControlAnswer FAILURE =
      ControlAnswer.operationOutcome(500, "processing", "the export has failed");

  private BulkFhirPartner partner;
  private ExportCalls calls;

  @BeforeEach
  void calls(BulkFhirPartner sandbox) {
    partner = sandbox;
    calls = new ExportCalls(partner);
  }

  private List<String> applied(BulkFhirOptions options, String... headers) throws Exception {
    partner.options(options);
    HttpResponse<String> answer = calls.kickOff("/$export", headers);
    assertThat(answer.statusCode()).isEqualTo(202);
    return answer.headers().allValues("Preference-Applied");
  }

  private void assertPoll(int status, String exportStatus) throws Exception {
    HttpResponse<String> poll = calls.poll();
    assertThat(poll.statusCode()).isEqualTo(status);
    assertThat(poll.headers().firstValue("X-Export-Status").orElse("none")).isEqualTo(exportStatus);
  }

  @Test
  void answers_200_and_tells_the_job_apart() throws Exception {
    assertThat(applied(STU3, SEPARATE)).containsExactly("respond-async, separate-export-status");
    assertPoll(200, "202");
    assertPoll(200, "200");
    assertThat(Http.json(calls.poll()).path("output")).isNotEmpty();
  }

  @Test
  void repeats_the_header_for_each_preference() throws Exception {
    assertThat(applied(STU3.quirks(Quirk.PREFERENCE_APPLIED_TWICE), SEPARATE))
        .containsExactly("respond-async", "separate-export-status");
    assertPoll(200, "202");
  }

  @Test
  void does_not_separate_what_was_not_agreed() throws Exception {
    assertThat(applied(STU3.quirks(Quirk.PREFERENCE_APPLIED_IN_PART), SEPARATE))
        .containsExactly("respond-async");
    assertPoll(202, "none");
    assertThat(applied(STU3, "Prefer", "respond-async")).isEmpty();
    assertPoll(202, "none");
    assertThat(applied(STU3.version(BulkDataVersion.STU2), SEPARATE)).isEmpty();
    assertPoll(202, "none");
  }

  @Test
  void tells_a_failed_job_in_either_way() throws Exception {
    applied(STU3.failsWith(FAILURE), SEPARATE);
    assertPoll(200, "202");
    assertPoll(200, "500");
    assertThat(ExportCalls.issueCode(calls.poll())).isEqualTo("processing");
    applied(STU3.failsWith(FAILURE));
    assertPoll(202, "none");
    assertPoll(500, "none");
    assertPoll(500, "none");
  }
}
