package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.BulkFhirOptions;
import health.ferry.testkit.ExtraFile;
import health.ferry.testkit.Fault;
import health.ferry.testkit.FaultyServer;
import health.ferry.testkit.FileGuard;
import health.ferry.testkit.internal.data.FhirResource;
import health.ferry.testkit.internal.oauth.AccessTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Lays a job's resources out in NDJSON files and serves them. */
final class ExportFiles {

  private final FaultyServer server;
  private final AccessTokens tokens;

  ExportFiles(FaultyServer server, AccessTokens tokens) {
    this.server = server;
    this.tokens = tokens;
  }

  List<JobFile> layOut(
      String jobId, ExportContent content, boolean byPatient, BulkFhirOptions options) {
    String folder = "/files/" + jobId + "/";
    List<JobFile> files =
        new ArrayList<>(
            byPatient
                ? OrganizedOutput.of(content.resources(), folder, options.resourcesPerFile())
                : byType(content.resources(), folder, options.resourcesPerFile()));
    add(files, ExtraFile.Section.DELETED, "Bundle", SideFiles.bundles(content.deletions()), folder);
    add(
        files,
        ExtraFile.Section.ERROR,
        "OperationOutcome",
        SideFiles.outcomes(content.remarks()),
        folder);
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
      server.serve(file.path(), file.body(), job.options().files().guard(guard(job)));
    }
  }

  void remove(ExportJob job) {
    job.filePaths().forEach(server::remove);
  }

  private FileGuard guard(ExportJob job) {
    BulkFhirOptions options = job.options();
    FileGuard guard = FileGuard.open();
    if (options.filesRefuseAuthorization()) {
      guard = guard.and(FileGuard.noAuthorization());
    }
    if (options.filesNeedToken()) {
      guard = guard.and(FileGuard.bearer(tokens::isValid));
    }
    if (options.signedUrls()) {
      guard =
          guard.and(
              request ->
                  job.isSigned(request) ? Optional.empty() : Optional.of(expiredSignature()));
    }
    return guard.and(options.files().guard());
  }

  private static Fault expiredSignature() {
    return Fault.status(403)
        .header("Content-Type", "application/xml")
        .body("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");
  }
}
