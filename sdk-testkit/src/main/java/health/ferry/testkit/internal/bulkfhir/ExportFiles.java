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

/** Lays a job's resources out in NDJSON files and serves them. */
final class ExportFiles {

  private final FaultyServer server;
  private final AccessTokens tokens;

  ExportFiles(FaultyServer server, AccessTokens tokens) {
    this.server = server;
    this.tokens = tokens;
  }

  List<JobFile> layOut(
      String jobId, Map<String, List<FhirResource>> byType, BulkFhirOptions options) {
    List<JobFile> files = new ArrayList<>();
    byType.forEach(
        (type, resources) -> {
          int number = 1;
          for (int from = 0; from < resources.size(); from += options.resourcesPerFile()) {
            List<FhirResource> part =
                resources.subList(
                    from, Math.min(resources.size(), from + options.resourcesPerFile()));
            files.add(
                JobFile.exported(
                    ExtraFile.Section.OUTPUT,
                    type,
                    path(jobId, type + "-" + number++),
                    ndjson(part),
                    part.size()));
          }
        });
    int number = 1;
    for (ExtraFile extra : options.extraFiles()) {
      String name = extra.section().name().toLowerCase(Locale.ROOT) + "-extra-" + number++;
      files.add(JobFile.extra(extra, path(jobId, name)));
    }
    return List.copyOf(files);
  }

  private static String path(String jobId, String name) {
    return "/files/" + jobId + "/" + name + ".ndjson";
  }

  private static String ndjson(List<FhirResource> resources) {
    StringBuilder text = new StringBuilder();
    resources.forEach(resource -> text.append(resource.json()).append('\n'));
    return text.toString();
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
