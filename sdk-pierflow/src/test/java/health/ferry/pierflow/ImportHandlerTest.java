package health.ferry.pierflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import health.ferry.core.CancelledException;
import health.ferry.core.InvalidInputException;
import health.ferry.testkit.Canary;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a handler may do, and what its patient counts as then. */
class ImportHandlerTest extends ImportTest {

  /** As a caller may whose build does not check for null. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T nothing() {
    return null;
  }

  @Test
  void a_handler_that_throws_fails_its_patient_and_the_others_go_on() {
    List<String> ids = patients();
    ImportReport report =
        run(
                patient -> {
                  if (patient.patientId().equals(ids.get(0))) {
                    throw new IOException(Canary.FAMILY + " is a name");
                  }
                  if (patient.patientId().equals(ids.get(3))) {
                    throw new IllegalStateException(Canary.FAMILY);
                  }
                  return PatientOutcome.imported();
                },
                options ->
                    options.onHandlerError(
                        thrown ->
                            FailureReason.of(
                                thrown instanceof IOException ? "EMR_UNREACHABLE" : "EMR_BUG")))
            .orThrow();

    assertThat(handed).containsExactlyElementsOf(ids);
    assertThat(report.failed()).isEqualTo(2);
    assertThat(bodyOf(partner.acknowledgements()))
        .contains(
            "\"failure_reasons\":{\"%s\":\"EMR_UNREACHABLE\",\"%s\":\"EMR_BUG\"}"
                .formatted(ids.get(0), ids.get(3)));
  }

  @Test
  void a_handler_that_throws_means_import_failed_unless_told_otherwise() {
    List<String> ids = patients();
    run(patient -> {
          throw new IOException("down");
        })
        .orThrow();

    assertThat(bodyOf(partner.acknowledgements()))
        .contains("\"imported_patient_count\":0,")
        .contains("\"" + ids.get(5) + "\":\"IMPORT_FAILED\"");
  }

  @Test
  void a_handler_may_stop_the_run_and_gets_that_patient_again() {
    List<String> ids = patients();
    ImportReport stopped =
        run(
            patient ->
                patient.patientId().equals(ids.get(2))
                    ? PatientOutcome.stop()
                    : PatientOutcome.imported());

    assertThat(stopped.isComplete()).isFalse();
    assertThat(stopped.stopped().orElseThrow())
        .isInstanceOf(CancelledException.class)
        .hasMessage("Pierflow importAll failed: the handler stopped it");
    assertThat(stopped.packages().get(0).pending()).isEqualTo(4);
    assertThatThrownBy(stopped::orThrow).isSameAs(stopped.stopped().orElseThrow());
    assertThat(partner.acknowledgements()).isEmpty();

    handed.clear();
    run().orThrow();
    assertThat(handed).containsExactly(ids.get(2) + " again", ids.get(3), ids.get(4), ids.get(5));
    assertThat(bodyOf(partner.acknowledgements())).contains("\"imported_patient_count\":6,");
  }

  @Test
  void an_outcome_that_cannot_be_used_ends_the_run_and_is_no_outcome() {
    for (PatientHandler handler :
        Stream.<PatientHandler>of(
                patient -> nothing(),
                patient -> PatientOutcome.imported(" "),
                patient -> PatientOutcome.imported("e".repeat(201)))
            .toList()) {
      ImportReport report = run(handler);

      assertThat(report.stopped().orElseThrow()).isInstanceOf(InvalidInputException.class);
      assertThat(report.pending()).isEqualTo(6);
    }
    assertThat(handed)
        .containsExactly(
            patients().get(0), patients().get(0) + " again", patients().get(0) + " again");
    assertThat(partner.acknowledgements()).isEmpty();
  }

  @Test
  void a_reason_that_nobody_gives_ends_the_run() {
    PatientHandler throwing =
        patient -> {
          throw new IOException("down");
        };
    assertThat(run(throwing, options -> options.onHandlerError(thrown -> nothing())).stopped())
        .map(Throwable::getMessage)
        .contains("Pierflow importAll failed: onHandlerError: must return a reason");
    assertThat(
            run(
                    throwing,
                    options ->
                        options.onHandlerError(
                            thrown -> {
                              throw new IllegalArgumentException();
                            }))
                .stopped())
        .map(Throwable::getMessage)
        .contains(
            "Pierflow importAll failed: onHandlerError: must not throw java.lang.IllegalArgumentException");
    assertThat(partner.acknowledgements()).isEmpty();
  }

  @Test
  void an_error_in_the_handler_ends_the_run_and_is_no_outcome() {
    List<String> ids = patients();
    AssertionError bug = new AssertionError("bug");
    assertThatThrownBy(
            () ->
                run(
                    patient -> {
                      if (patient.patientId().equals(ids.get(1))) {
                        throw bug;
                      }
                      return PatientOutcome.imported();
                    }))
        .isSameAs(bug);

    handed.clear();
    run().orThrow();
    assertThat(handed).startsWith(ids.get(1) + " again", ids.get(2)).hasSize(5);
  }

  @Test
  void an_interrupted_handler_has_failed_nobody() {
    List<String> ids = patients();
    ImportReport report =
        run(
            patient -> {
              if (patient.patientId().equals(ids.get(1))) {
                throw new InterruptedException();
              }
              return PatientOutcome.imported();
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.stopped().orElseThrow()).isInstanceOf(CancelledException.class);

    handed.clear();
    report =
        run(
            patient -> {
              Thread.currentThread().interrupt();
              throw new IOException("closed by the interrupt");
            });
    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.stopped().orElseThrow()).isInstanceOf(CancelledException.class);
    assertThat(handed).containsExactly(ids.get(1) + " again");
    assertThat(report.failed()).isZero();
    assertThat(partner.acknowledgements()).isEmpty();
  }
}
