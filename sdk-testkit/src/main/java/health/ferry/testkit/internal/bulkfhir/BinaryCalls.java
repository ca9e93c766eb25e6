package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Quirk;
import health.ferry.testkit.internal.control.ControlRequest;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Answers {@code GET [base]/Binary/[id]}: attachments, and exported files under relative URLs. */
final class BinaryCalls {

  /** {@code job-3-0}: the first file of that job. */
  private static final Pattern JOB_FILE = Pattern.compile("(job-\\d+)-(\\d{1,9})");

  private static final String NDJSON = "application/fhir+ndjson";

  private final ExportJobs jobs;
  private final Attachments attachments;

  BinaryCalls(ExportJobs jobs, Attachments attachments) {
    this.jobs = jobs;
    this.attachments = attachments;
  }

  ControlAnswer answer(ControlRequest call, String id) {
    boolean asResource = BinaryResource.isAskedFor(call.header("Accept"));
    return attachments
        .find(id)
        .map(content -> binary(id, content.contentType(), content.bytes(), asResource))
        .or(() -> exported(id, asResource))
        .orElseGet(() -> ControlAnswer.operationOutcome(404, "not-found", "there is no such file"));
  }

  private Optional<ControlAnswer> exported(String id, boolean asResource) {
    Matcher matcher = JOB_FILE.matcher(id);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    return jobs.find(matcher.group(1))
        .flatMap(
            job ->
                job.files().stream()
                    .skip(Long.parseLong(matcher.group(2)))
                    .findFirst()
                    .filter(JobFile::canBeRelative)
                    .map(
                        file ->
                            binary(
                                id,
                                NDJSON,
                                file.text().getBytes(StandardCharsets.UTF_8),
                                asResource && job.options().has(Quirk.FILES_AS_BINARY_RESOURCES))));
  }

  private static ControlAnswer binary(
      String id, String contentType, byte[] bytes, boolean asResource) {
    return asResource
        ? ControlAnswer.json(200, BinaryResource.json(id, contentType, bytes))
            .header("Content-Type", BinaryResource.FHIR_JSON)
        : ControlAnswer.status(200).header("Content-Type", contentType).body(bytes);
  }
}
