package health.ferry.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OperationOutcomesTest {

  @Test
  void reads_every_part_of_an_issue() {
    byte[] body =
        """
        {"resourceType":"OperationOutcome","text":{"div":"<div/>"},"issue":[
          {"severity":"error","code":"not-found","details":{"text":"Zanzibrook is gone"},
           "diagnostics":"stack","expression":["Patient.name","Patient.id"]},
          {"severity":"warning","code":"made-up","details":{"coding":[{"display":"Shown"}]},
           "location":["/f:Patient"]}]}
        """
            .getBytes(StandardCharsets.UTF_8);

    Outcome outcome = OperationOutcomes.read(body).orElseThrow();

    OutcomeIssue first = outcome.issues().get(0);
    assertThat(first.severity()).isSameAs(IssueSeverity.ERROR);
    assertThat(first.code()).contains(IssueCode.of("not-found"));
    assertThat(first.details()).contains("Zanzibrook is gone");
    assertThat(first.diagnostics()).contains("stack");
    assertThat(first.expression()).containsExactly("Patient.name", "Patient.id");
    OutcomeIssue second = outcome.issues().get(1);
    assertThat(second.severity().isFailure()).isFalse();
    assertThat(second.code().orElseThrow().isKnown()).isFalse();
    assertThat(second.details()).contains("Shown");
    assertThat(second.diagnostics()).isEmpty();
    assertThat(second.expression()).containsExactly("/f:Patient");
    assertThat(outcome.isFailure()).isTrue();
    assertThat(outcome.toString())
        .isEqualTo("Outcome [OutcomeIssue error not-found, OutcomeIssue warning]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "<html>Bad Gateway</html>",
        "null",
        "5",
        "[]",
        "{}",
        "\"OperationOutcome\"",
        "{\"resourceType\":\"Patient\"}",
        "{\"resourceType\":\"OperationOutcome\",\"issue\":["
      })
  void anything_else_is_no_outcome(String body) {
    assertThat(OperationOutcomes.read(body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"issue\":null}",
        "{\"issue\":[null]}",
        "{\"issue\":[5,\"x\"]}",
        "{\"issue\":{\"severity\":5,\"code\":[],\"details\":\"x\",\"expression\":\"a\"}}"
      })
  void malformed_issues_do_not_fail(String rest) {
    String body = "{\"resourceType\":\"OperationOutcome\"," + rest.substring(1);
    Outcome outcome = OperationOutcomes.read(body.replace(",}", "}")).orElseThrow();

    assertThat(outcome.isTransient()).isFalse();
    assertThat(outcome.issues()).allSatisfy(issue -> assertThat(issue.code()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transient",
        "lock-error",
        "no-store",
        "exception",
        "timeout",
        "incomplete",
        "throttled"
      })
  void transient_and_its_children_may_pass(String code) {
    assertThat(outcome("error " + code).isTransient()).isTrue();
    assertThat(IssueCode.of(code).isKnown()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                         false",
    "'error processing',                         false",
    "'error not-supported;error timeout',        false",
    "'error timeout;fatal throttled',            true",
    "'warning processing;error timeout',         true",
    "'information informational;fatal deleted',  false",
    "'warning throttled',                        true",
    "'warning throttled;information processing', false",
    "'odd timeout',                              true",
    "'odd processing;warning timeout',           false",
  })
  void all_failures_must_be_transient(String issues, boolean expected) {
    assertThat(outcome(issues).isTransient()).isEqualTo(expected);
  }

  private static Outcome outcome(String issues) {
    List<String> json =
        issues
            .lines()
            .flatMap(line -> List.of(line.split(";", -1)).stream())
            .filter(issue -> !issue.isEmpty())
            .map(issue -> issue.split(" ", 2))
            .map(part -> "{\"severity\":\"" + part[0] + "\",\"code\":\"" + part[1] + "\"}")
            .toList();
    return OperationOutcomes.read("{\"resourceType\":\"OperationOutcome\",\"issue\":" + json + "}")
        .orElseThrow();
  }
}
