package health.ferry.examples;

import health.ferry.bulkfhir.ExportResult;
import health.ferry.bulkfhir.OutcomeSummary;
import java.util.stream.Collectors;

/**
 * What the server says of an export that it has done: how much by default, and its own words, which
 * may name patients, only to who asks for them.
 */
final class ServerRemarks {

  private final OutcomeSummary summary;

  private ServerRemarks(OutcomeSummary summary) {
    this.summary = summary;
  }

  static ServerRemarks in(ExportResult result) {
    return new ServerRemarks(result.outcomeSummary());
  }

  /** One sentence, empty when there is nothing to tell. */
  String sentence() {
    String numbers =
        summary.issues().entrySet().stream()
            .filter(entry -> entry.getValue() > 0)
            .map(entry -> entry.getValue() + " × " + entry.getKey().value())
            .collect(Collectors.joining(", "));
    return numbers.isEmpty() ? "" : " The server remarked: " + numbers + "; see error/.";
  }

  /** The server's own words, one line each. */
  void tell(Output output) {
    summary.texts().forEach(text -> output.line("  " + text.replaceAll("\\p{Cc}+", " ")));
  }
}
