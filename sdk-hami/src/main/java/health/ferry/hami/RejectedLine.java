package health.ferry.hami;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.Violation;
import health.ferry.core.internal.json.JsonTree;
import java.util.List;

/**
 * A rejection as the journal has it: all that a later run tells of it. Journals of before have no
 * entries, and no finding that names one.
 */
final class RejectedLine {

  static final String REJECTED = "rejected";

  private static final String BUNDLE = "bundle";
  private static final String STATUS = "status";
  private static final String FINDINGS = "findings";
  private static final String PATH = "path";
  private static final String RULE = "rule";
  private static final String ENTRY = "entry";
  private static final String MESSAGE = "message";
  private static final String ENTRIES = "entries";
  private static final String FULL_URL = "fullUrl";
  private static final String INPUT = "input";

  private RejectedLine() {}

  static ObjectNode of(BundleRejection rejection) {
    ObjectNode line =
        JsonTree.object()
            .put(REJECTED, rejection.hash())
            .put(BUNDLE, rejection.bundle())
            .put(STATUS, rejection.status());
    ArrayNode findings = line.putArray(FINDINGS);
    rejection.findings().forEach(one -> write(one, findings.addObject()));
    rejection.message().ifPresent(words -> line.put(MESSAGE, words));
    ArrayNode entries = line.putArray(ENTRIES);
    rejection
        .entries()
        .forEach(one -> entries.addObject().put(FULL_URL, one.fullUrl()).put(INPUT, one.input()));
    return line;
  }

  private static void write(RejectionFinding finding, ObjectNode to) {
    to.put(PATH, finding.path()).put(RULE, finding.rule());
    finding.entry().ifPresent(entry -> to.put(ENTRY, entry));
  }

  static BundleRejection read(JsonNode line) {
    List<RejectedEntry> entries =
        line.path(ENTRIES)
            .valueStream()
            .map(one -> new RejectedEntry(one.path(FULL_URL).asText(), one.path(INPUT).asText()))
            .toList();
    return new BundleRejection(
        line.path(BUNDLE).asLong(),
        line.path(REJECTED).asText(),
        line.path(STATUS).asInt(),
        line.path(FINDINGS).valueStream().map(one -> finding(one, entries)).toList(),
        line.path(MESSAGE).textValue(),
        entries);
  }

  private static RejectionFinding finding(JsonNode one, List<RejectedEntry> entries) {
    Violation told = new Violation(one.path(PATH).asText(), one.path(RULE).asText());
    int entry = one.path(ENTRY).asInt(-1);
    return entry >= 0 && entry < entries.size()
        ? RejectionFinding.of(told, entry, entries.get(entry))
        : RejectionFinding.of(told);
  }
}
