package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ExtraFile;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileGuard;
import health.ferry.testkit.Quirk;
import health.ferry.testkit.RecordedRequest;
import health.ferry.testkit.internal.data.FhirResource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lays a job's resources out in NDJSON files and serves them. */
final class ExportFiles {

  private final FaultyServer server;
  private final FileAccess access;

  ExportFiles(FaultyServer server, FileAccess access) {
    this.server = server;
    this.access = access;
  }

  List<JobFile> layOut(
      String jobId, ExportContent content, boolean byPatient, BulkFhirOptions options) {
    String folder = "/files/" + jobId + "/";
    List<JobFile> files =
        new ArrayList<>(
            byPatient
                ? OrganizedOutput.of(content.resources(), folder, options.resourcesPerFile())
                : byType(content.resources(), folder, options.resourcesPerFile()));
    add(
        files,
        ExtraFile.Section.DELETED,
        "Bundle",
        SideFiles.bundles(content.deletions()),
        folder + "deleted/");
    add(
        files,
        ExtraFile.Section.ERROR,
        "OperationOutcome",
        SideFiles.outcomes(content.remarks()),
        folder + "error/");
    int number = 1;
    for (ExtraFile extra : options.extraFiles()) {
      String name = extra.section().name().toLowerCase(Locale.ROOT) + "-extra-" + number++;
      files.add(JobFile.extra(extra, folder + name + ".ndjson"));
    }
    return List.copyOf(files);
  }

  private static List<JobFile> byType(
      List<FhirResource> resources, String folder, int resourcesPerFile) {
    Map<String, List<FhirResource>> byType = new TreeMap<>();
    for (FhirResource resource : resources) {
      byType.computeIfAbsent(resource.type(), key -> new ArrayList<>()).add(resource);
    }
    List<JobFile> files = new ArrayList<>();
    byType.forEach(
        (type, all) -> {
          int number = 1;
          for (List<FhirResource> part : Pages.of(all, resourcesPerFile)) {
            String path = folder + type + "-" + number++ + ".ndjson";
            files.add(
                file(
                    ExtraFile.Section.OUTPUT,
                    type,
                    path,
                    part.stream().map(FhirResource::json).toList()));
          }
        });
    return files;
  }

  private static void add(
      List<JobFile> files,
      ExtraFile.Section section,
      String type,
      List<String> lines,
      String folder) {
    if (!lines.isEmpty()) {
      files.add(file(section, type, folder + type + "-1.ndjson", lines));
    }
  }

  private static JobFile file(
      ExtraFile.Section section, String type, String path, List<String> lines) {
    return JobFile.exported(section, type, path, String.join("\n", lines) + "\n", lines.size());
  }

  void serve(ExportJob job) {
    for (JobFile file : job.files()) {
      server.serve(file.path(), file.body(), job.options().files().guard(guard(job, file)));
    }
  }

  void remove(ExportJob job) {
    job.filePaths().forEach(server::remove);
  }

  private FileGuard guard(ExportJob job, JobFile file) {
    BulkFhirOptions options = job.options();
    FileGuard guard = access.guard(options);
    if (options.signedUrls()) {
      guard =
          guard.and(
              request ->
                  job.isSigned(request) ? Optional.empty() : Optional.of(expiredSignature()));
    }
    guard = guard.and(options.files().guard());
    return options.has(Quirk.FILES_AS_BINARY_RESOURCES) && file.canBeRelative()
        ? guard.and(request -> asBinary(request, file))
        : guard;
  }

  private static Optional<Fault> asBinary(RecordedRequest request, JobFile file) {
    return BinaryResource.isAskedFor(request.header("Accept"))
        ? Optional.of(
            Fault.status(200)
                .header("Content-Type", BinaryResource.FHIR_JSON)
                .body(
                    BinaryResource.json(
                        "file",
                        "application/fhir+ndjson",
                        file.text().getBytes(StandardCharsets.UTF_8))))
        : Optional.empty();
  }

  private static Fault expiredSignature() {
    return Fault.status(403)
        .header("Content-Type", "application/xml")
        .body("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");
  }
}
