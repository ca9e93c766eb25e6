package health.ferry.hami.hl7;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;

/** OBR to DiagnosticReport: what was ordered, its numbers, times and status. */
final class ReportMapping {

  private static final String PLACER = "PLAC";
  private static final String FILLER = "FILL";
  private static final String SECTIONS = "http://terminology.hl7.org/CodeSystem/v2-0074";

  private final Identifiers identifiers;
  private final Codings codings;
  private final Times times;
  private final UnmappedParts unmapped;

  ReportMapping(Identifiers identifiers, Codings codings, Times times, UnmappedParts unmapped) {
    this.identifiers = identifiers;
    this.codings = codings;
    this.times = times;
    this.unmapped = unmapped;
  }

  /** The report, without id, subject and results. */
  DiagnosticReport map(Segment obr) {
    DiagnosticReport report = new DiagnosticReport();
    obr.text(1);
    numbers(obr).forEach(report::addIdentifier);
    report.setCode(codings.concept(obr.first(4)));
    setEffective(report, obr);
    times.instant(obr.first(22), 1).ifPresent(report::setIssuedElement);
    String section = obr.text(24);
    if (!section.isEmpty()) {
      report.addCategory().addCoding().setSystem(SECTIONS).setCode(section);
    }
    report.setStatus(status(obr));
    unmapped.addLeftovers(obr);
    return report;
  }

  /** The placer's and the filler's number, which stand in the same fields of ORC and OBR. */
  List<Identifier> numbers(Segment order) {
    return Stream.of(
            identifiers.ofEntity(order.first(2), PLACER),
            identifiers.ofEntity(order.first(3), FILLER))
        .flatMap(Optional::stream)
        .toList();
  }

  private void setEffective(DiagnosticReport report, Segment obr) {
    Optional<DateTimeType> start = times.dateTime(obr.first(7), 1);
    Optional<DateTimeType> end = times.dateTime(obr.first(8), 1);
    if (end.isEmpty()) {
      start.ifPresent(report::setEffective);
      return;
    }
    Period period = new Period().setEndElement(end.get());
    start.ifPresent(period::setStartElement);
    report.setEffective(period);
  }

  private DiagnosticReportStatus status(Segment obr) {
    Optional<DiagnosticReportStatus> status = ResultStatus.ofReport(obr.text(25));
    if (status.isEmpty()) {
      unmapped.add(obr.path(25), "is no code of HL7's table 0123; the status is unknown");
    }
    return status.orElse(DiagnosticReportStatus.UNKNOWN);
  }
}
