package health.ferry.testkit.internal.bulkfhir;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.testkit.BulkDataVersion;
import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ExtraFile.Section;
import health.ferry.testkit.Quirk;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Writes one page of a job's manifest, in the form of the job's edition of the guide. */
final class Manifest {

  private static final ObjectMapper JSON = new ObjectMapper();

  // STU4: the canonical URL of the logical model.
  private static final String TYPE =
      "http://hl7.org/fhir/uv/bulkdata/StructureDefinition/BulkDataManifest";
  private static final String EXTENSION = "http://example.org/fhir/sandbox";

  private final ExportJob job;
  private final BulkFhirOptions options;
  private final boolean stu4;
  private final ObjectNode manifest = JSON.createObjectNode();
  private final Map<Section, ArrayNode> sections = new EnumMap<>(Section.class);

  private Manifest(ExportJob job) {
    this.job = job;
    options = job.options();
    stu4 = options.version().isAtLeast(BulkDataVersion.STU4);
  }

  /**
   * The JSON text; with signed URLs, each call signs anew.
   *
   * @param page from 1 on
   */
  static String page(ExportJob job, int page, String controlOrigin, String fileOrigin) {
    Manifest manifest = new Manifest(job);
    manifest.head();
    manifest.openSections();
    String query = job.options().signedUrls() ? "?signature=" + job.newSignature(page) : "";
    for (JobFile file : job.pages().get(page - 1)) {
      manifest.list(file, fileOrigin, query);
    }
    manifest.extension();
    if (page < job.pagesReady()) {
      manifest
          .manifest
          .putArray("link")
          .addObject()
          .put("relation", "next")
          .put("url", controlOrigin + StatusUrl.page(job, page + 1));
    }
    return job.options().manifestEdit().apply(manifest.manifest.toString());
  }

  private void head() {
    if (stu4) {
      manifest.put("manifestType", TYPE);
    }
    manifest.put("transactionTime", job.transactionTime().toString());
    if (!stu4 && !options.has(Quirk.NO_REQUEST)) {
      manifest.put("request", job.requestUrl());
    }
    boolean needsToken = options.requiresAccessToken();
    if (options.has(Quirk.TOKEN_FLAG_AS_STRING)) {
      manifest.put("requiresAccessToken", Boolean.toString(needsToken));
    } else if (!options.has(Quirk.NO_TOKEN_FLAG)) {
      manifest.put("requiresAccessToken", needsToken);
    }
    if (stu4) {
      manifest.put("outputFormat", "application/fhir+ndjson");
    }
    if (job.isOrganizedByPatient()) {
      manifest.put("outputOrganizedBy", "Patient");
    } else if (options.has(Quirk.EMPTY_ORGANIZED_BY)) {
      manifest.put("outputOrganizedBy", "");
    }
  }

  private void openSections() {
    sections.put(Section.OUTPUT, manifest.putArray("output"));
    boolean deleted =
        options.version().isAtLeast(BulkDataVersion.STU2) && !options.has(Quirk.NO_DELETED_LIST);
    if (deleted) {
      sections.put(Section.DELETED, manifest.putArray("deleted"));
    }
    if (!options.has(Quirk.NO_ERROR_LIST)) {
      sections.put(Section.ERROR, manifest.putArray(stu4 ? "outcome" : "error"));
    }
  }

  /** A file whose list is left out is left out with it. */
  private void list(JobFile file, String fileOrigin, String query) {
    ArrayNode section = sections.get(file.section());
    if (section == null) {
      return;
    }
    ObjectNode entry = section.addObject();
    // STU4: the type of these follows from the list.
    if (file.type() != null && !(stu4 && file.section() != Section.OUTPUT)) {
      entry.put("type", file.type());
    }
    boolean relative = options.relativeFileUrls() && file.canBeRelative();
    entry.put(
        "url",
        relative
            ? "Binary/" + job.id() + "-" + job.files().indexOf(file)
            : fileOrigin + file.path() + query);
    if (file.continuesInFile() != null) {
      String folder = fileOrigin + file.path().substring(0, file.path().lastIndexOf('/') + 1);
      entry.put(
          "continuesInFile",
          options.has(Quirk.CONTINUATION_AS_URL)
              ? folder + file.continuesInFile() + query
              : file.continuesInFile());
    }
    boolean counted = options.counts() && file.count() >= 0;
    if (counted) {
      entry.put("count", file.count());
    }
    if (stu4) {
      entry.put("fileSize", file.body().length());
    }
    if (stu4 && counted && file.section() == Section.ERROR) {
      entry.putArray("countSeverity").addObject().put("code", "error").put("count", file.count());
    }
  }

  private void extension() {
    List<JobFile> files = job.files();
    if (stu4) {
      manifest
          .putArray("extension")
          .addObject()
          .put("url", EXTENSION)
          .put("valueInteger", files.size());
    } else if (options.version() == BulkDataVersion.STU3) {
      manifest.putObject("extension").put(EXTENSION, files.size());
    }
  }
}
