package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkDataVersion;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ExportLevel;
import health.ferry.testkit.Quirk;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Holds a kick-off against the rules. */
final class KickOffCheck {

  private static final Set<String> FORMATS =
      Set.of("application/fhir+ndjson", "application/ndjson", "ndjson");

  private KickOffCheck() {}

  /** What no client is let through with, lenient or not. */
  static void refuse(ExportRequest request, BulkFhirOptions options) throws KickOffRefused {
    if (!options.kickOff().supports(request.level())) {
      throw new KickOffRefused(404, "not-supported", "there is no export at this level");
    }
    if (!request.wholeValues("patient").isEmpty()) {
      if (!request.byPost()) {
        throw new KickOffRefused(400, "invalid", "patient is taken by POST alone");
      }
      if (request.level() == ExportLevel.SYSTEM) {
        throw new KickOffRefused(400, "invalid", "patient has no place at system level");
      }
    }
    boolean stu4 = options.version().isAtLeast(BulkDataVersion.STU4);
    for (String name : List.of("_type", "_elements", "includeAssociatedData")) {
      if (stu4 && request.wholeValues(name).stream().anyMatch(value -> value.contains(","))) {
        throw new KickOffRefused(400, "invalid", name + " is repeated, not listed with commas");
      }
    }
    if (!FORMATS.contains(request.value("_outputFormat").orElse("ndjson"))) {
      throw new KickOffRefused(
          400, "not-supported", "_outputFormat must be application/fhir+ndjson");
    }
  }

  /** What this server cannot do: a reason to refuse, or a remark for a lenient client. */
  static List<String> unsupported(ExportRequest request, BulkFhirOptions options) {
    List<String> remarks = new ArrayList<>();
    if (options.has(Quirk.READS_QUERY_ONLY)) {
      return remarks;
    }
    options.kickOff().unsupportedParameters().stream()
        .sorted()
        .filter(name -> !request.wholeValues(name).isEmpty())
        .forEach(name -> remarks.add(name + " is not supported"));
    if (!request.values("_type").stream().allMatch(options.kickOff()::supportsType)) {
      remarks.add("_type names a type that is not supported");
    }
    if (!Provenances.ASSOCIATED_DATA.containsAll(request.values("includeAssociatedData"))) {
      remarks.add("includeAssociatedData has a value that is not supported");
    }
    if (!request.value("organizeOutputBy").orElse("Patient").equals("Patient")) {
      remarks.add("organizeOutputBy must be Patient");
    }
    return remarks;
  }
}
