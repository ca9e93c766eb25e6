package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Writes a job's manifest. */
final class Manifest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifest() {}

  /** The JSON text; with signed URLs, each call signs anew. */
  static String of(ExportJob job, String fileOrigin) {
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("transactionTime", job.transactionTime().toString());
    manifest.put("request", job.requestUrl());
    manifest.put("requiresAccessToken", job.options().requiresAccessToken());
    Map<String, ArrayNode> sections =
        Map.of(
            "OUTPUT", manifest.putArray("output"),
            "DELETED", manifest.putArray("deleted"),
            "ERROR", manifest.putArray("error"));
    String query = job.options().signedUrls() ? "?signature=" + job.newSignature() : "";
    List<JobFile> files = job.files();
    for (int i = 0; i < files.size(); i++) {
      JobFile file = files.get(i);
      ArrayNode section = sections.get(file.section().name());
      if (section == null) {
        throw new IllegalStateException("no such section: " + file.section());
      }
      ObjectNode entry = section.addObject();
      entry.put("type", file.type());
      boolean relative = job.options().relativeFileUrls() && file.canBeRelative();
      entry.put(
          "url", relative ? "Binary/" + job.id() + "-" + i : fileOrigin + file.path() + query);
      if (job.options().counts() && file.count() >= 0) {
        entry.put("count", file.count());
      }
    }
    return job.options().manifestEdit().apply(manifest.toString());
  }
}
