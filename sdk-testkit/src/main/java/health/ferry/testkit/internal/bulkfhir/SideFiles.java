package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.internal.data.Deletion;
import java.util.List;

/** Writes the lines of the files beside the output: deletions and remarks. */
final class SideFiles {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DELETIONS_IN_A_BUNDLE = 10;

  private SideFiles() {}

  /** Transaction Bundles of DELETE requests. */
  static List<String> bundles(List<Deletion> deletions) {
    if (deletions.isEmpty()) {
      return List.of();
    }
    return Pages.of(deletions, DELETIONS_IN_A_BUNDLE).stream().map(SideFiles::bundle).toList();
  }

  private static String bundle(List<Deletion> deletions) {
    ObjectNode bundle = JSON.createObjectNode();
    bundle.put("resourceType", "Bundle").put("type", "transaction");
    ArrayNode entries = bundle.putArray("entry");
    for (Deletion deletion : deletions) {
      entries
          .addObject()
          .putObject("request")
          .put("method", "DELETE")
          .put("url", deletion.type() + "/" + deletion.id());
    }
    return bundle.toString();
  }

  /** An OperationOutcome for each remark. */
  static List<String> outcomes(List<String> remarks) {
    return remarks.stream().map(SideFiles::outcome).toList();
  }

  private static String outcome(String remark) {
    ObjectNode outcome = JSON.createObjectNode().put("resourceType", "OperationOutcome");
    outcome
        .putArray("issue")
        .addObject()
        .put("severity", "error")
        .put("code", "not-supported")
        .put("diagnostics", remark);
    return outcome.toString();
  }
}
