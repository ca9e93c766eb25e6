package health.ferry.bulkfhir;

import static org.assertj.core.api.Assertions.assertThat;

import health.ferry.fhir.IssueSeverity;
import health.ferry.fhir.NdjsonReader;
import health.ferry.testkit.Canary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fits into a report of all that a server says of an export. */
class OutcomeSummaryTest {

  @TempDir Path folder;

  private OutcomeSummary summary(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("OperationOutcome-1.ndjson"), text);
    return OutcomeSummary.of(NdjsonReader.of(file).outcomes());
  }

  private static String outcome(String severity, String text) {
    return "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\""
        + severity
        + "\",\"details\":{\"text\":\""
        + text
        + "\"}}]}\n";
  }

  @Test
  void issues_are_counted_by_severity_and_failures_speak_first() throws Exception {
    OutcomeSummary summary =
        summary(
            outcome("information", "slow")
                + outcome("warning", "no Binary")
                + outcome("error", "two left out")
                + outcome("error", "two left out")
                + outcome("dreadful", "unknown"));

    assertThat(summary.issues())
        .isEqualTo(
            Map.of(
                IssueSeverity.FATAL, 0L,
                IssueSeverity.ERROR, 3L,
                IssueSeverity.WARNING, 1L,
                IssueSeverity.INFORMATION, 1L));
    assertThat(summary.texts()).containsExactly("two left out", "unknown", "slow", "no Binary");
    assertThat(summary.unreadable()).isZero();
  }

  @Test
  void texts_are_bounded_in_number_and_length() throws Exception {
    String many =
        IntStream.range(0, 1_000)
            .mapToObj(i -> outcome("warning", i + "x".repeat(1_000)))
            .collect(Collectors.joining());

    OutcomeSummary summary = summary(many);

    assertThat(summary.issues()).containsEntry(IssueSeverity.WARNING, 1_000L);
    assertThat(summary.texts()).hasSize(20).allSatisfy(text -> assertThat(text).hasSize(500));
  }

  @Test
  void a_line_that_is_no_outcome_is_counted_as_such() throws Exception {
    assertThat(summary("{\"resourceType\":\"Patient\"}\n" + outcome("error", "a")).unreadable())
        .isEqualTo(1);
  }

  @Test
  void a_text_is_not_printed() throws Exception {
    OutcomeSummary summary = summary(outcome("error", Canary.FAMILY));

    assertThat(summary.texts()).containsExactly(Canary.FAMILY);
    Canary.assertAbsent(summary);
    assertThat(summary).hasToString("OutcomeSummary {fatal=0, error=1, warning=0, information=0}");
  }
}
