package health.ferry.hami.hl7;

import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;

/** Statuses of results (HL7 table 0085) and of their reports (table 0123). */
final class ResultStatus {

  private static final Map<String, ObservationStatus> OF_RESULTS =
      Map.ofEntries(
          Map.entry("F", ObservationStatus.FINAL),
          Map.entry("U", ObservationStatus.FINAL),
          Map.entry("V", ObservationStatus.FINAL),
          Map.entry("C", ObservationStatus.CORRECTED),
          Map.entry("A", ObservationStatus.AMENDED),
          Map.entry("B", ObservationStatus.AMENDED),
          Map.entry("P", ObservationStatus.PRELIMINARY),
          // "Results entered, not verified": FHIR calls an unverified result preliminary.
          Map.entry("R", ObservationStatus.PRELIMINARY),
          Map.entry("S", ObservationStatus.PRELIMINARY),
          Map.entry("I", ObservationStatus.REGISTERED),
          Map.entry("O", ObservationStatus.REGISTERED),
          Map.entry("X", ObservationStatus.CANCELLED),
          Map.entry("N", ObservationStatus.CANCELLED),
          Map.entry("D", ObservationStatus.ENTEREDINERROR),
          Map.entry("W", ObservationStatus.ENTEREDINERROR));

  private static final Map<String, DiagnosticReportStatus> OF_REPORTS =
      Map.of(
          "F", DiagnosticReportStatus.FINAL,
          "C", DiagnosticReportStatus.CORRECTED,
          "P", DiagnosticReportStatus.PRELIMINARY,
          "R", DiagnosticReportStatus.PRELIMINARY,
          "A", DiagnosticReportStatus.PARTIAL,
          "O", DiagnosticReportStatus.REGISTERED,
          "I", DiagnosticReportStatus.REGISTERED,
          "S", DiagnosticReportStatus.REGISTERED,
          "X", DiagnosticReportStatus.CANCELLED);

  private ResultStatus() {}

  static Optional<ObservationStatus> ofResult(String code) {
    return Optional.ofNullable(OF_RESULTS.get(code));
  }

  static Optional<DiagnosticReportStatus> ofReport(String code) {
    return Optional.ofNullable(OF_REPORTS.get(code));
  }
}
