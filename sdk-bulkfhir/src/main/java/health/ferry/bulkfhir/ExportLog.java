package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.bulkfhir.ManifestFile.Section;
import health.ferry.core.ApiException;
import health.ferry.core.Progress;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.time.Time;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The export's story in the field's standard form: one JSON line per event, by the names and fields
 * of SMART's "Bulk Data Export Log Items". All runs of one export share an {@code exportId}.
 *
 * <p>What may name a patient or open a door is left out: bodies and headers of answers, patient
 * lists, search filters, and the query of a file's URL. Thread-safe.
 */
final class ExportLog implements Closeable {

  private static final Logger log = LoggerFactory.getLogger(ExportLog.class);

  /** Parameters whose values may name a patient. */
  private static final Set<String> UNNAMED = Set.of("patient", "_typeFilter");

  private final RandomAccessFile file;
  private final Time time;
  private final Instant start;
  private final String exportId;

  private ExportLog(RandomAccessFile file, String exportId, Time time) {
    this.file = file;
    this.exportId = exportId;
    this.time = time;
    this.start = time.now();
  }

  /** Opens the log to go on with it; a line that a process left torn is cut off. */
  static ExportLog open(Path path, String exportId, Time time) {
    try {
      RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
      file.setLength(endOfLastLine(file));
      file.seek(file.length());
      return new ExportLog(file, exportId, time);
    } catch (IOException disk) {
      throw new UncheckedIOException("The export's log cannot be opened", disk);
    }
  }

  private static long endOfLastLine(RandomAccessFile file) throws IOException {
    for (long end = file.length(); end > 0; end--) {
      file.seek(end - 1);
      if (file.read() == '\n') {
        return end;
      }
    }
    return 0;
  }

  void kickOff(KickOffForm form, Optional<ServerCapabilities> server, @Nullable Integer errorCode) {
    List<KickOffParameter> shown =
        form.parameters().stream().filter(given -> !UNNAMED.contains(given.name())).toList();
    ObjectNode detail = JsonTree.object();
    detail.put("exportUrl", form.url(shown).toString());
    detail.put("softwareName", server.flatMap(ServerCapabilities::softwareName).orElse(null));
    detail.put("softwareVersion", server.flatMap(ServerCapabilities::softwareVersion).orElse(null));
    detail.putNull("softwareReleaseDate").putNull("fhirVersion");
    ObjectNode parameters = detail.putObject("requestParameters");
    shown.forEach(given -> parameters.put(given.name(), String.join(",", given.values())));
    detail.put("errorCode", errorCode).putNull("errorBody").putObject("responseHeaders");
    write("kickoff", detail);
  }

  /** A step that the listeners are told of. */
  void progress(Progress step) {
    if (step.kind() == Progress.Kind.POLLED) {
      ObjectNode detail = JsonTree.object().putNull("body");
      detail.put("xProgress", step.text().orElse(null)).putNull("retryAfter");
      write("status_progress", detail);
    }
  }

  void statusError(RuntimeException failure) {
    write("status_error", error(JsonTree.object(), failure));
  }

  void manifest(ExportManifest manifest) {
    String at = manifest.transactionTime().map(Instant::toString).orElse(null);
    write("status_complete", JsonTree.object().put("transactionTime", at));
    for (ManifestPage page : manifest.pages()) {
      write(
          "status_page_complete",
          JsonTree.object()
              .put("transactionTime", at)
              .put("outputFileCount", number(page.files(), Section.OUTPUT))
              .put("deletedFileCount", number(page.files(), Section.DELETED))
              .put("errorFileCount", number(page.files(), Section.ERROR)));
    }
    write(
        "manifest_complete",
        JsonTree.object()
            .put("transactionTime", at)
            .put("totalOutputFileCount", manifest.output().size())
            .put("totalDeletedFileCount", manifest.deleted().size())
            .put("totalErrorFileCount", manifest.error().size())
            .put("totalManifests", manifest.pages().size()));
  }

  private static long number(List<ManifestFile> files, Section section) {
    return files.stream().filter(file -> file.section() == section).count();
  }

  void downloadRequest(HttpUrl url, ManifestFile source) {
    write(
        "download_request",
        JsonTree.object()
            .put("fileUrl", shown(url))
            .put("itemType", itemType(source.section()))
            .put("resourceType", source.type().orElse(null)));
  }

  void downloadComplete(HttpUrl url, long resources, long bytes) {
    write(
        "download_complete",
        JsonTree.object()
            .put("fileUrl", shown(url))
            .put("resourceCount", resources)
            .put("fileSize", bytes));
  }

  void downloadError(HttpUrl url, RuntimeException failure) {
    write("download_error", error(JsonTree.object().put("fileUrl", shown(url)), failure));
  }

  void exportComplete(ExportResult result) {
    write(
        "export_complete",
        JsonTree.object()
            .put("files", result.files().size())
            .put("resources", result.files().stream().mapToLong(ExportedFile::resources).sum())
            .put("bytes", result.bytes())
            .putNull("attachments")
            .put("duration", Duration.between(start, time.now()).toMillis()));
  }

  private static ObjectNode error(ObjectNode detail, RuntimeException failure) {
    Integer status = failure instanceof ApiException api ? api.status() : null;
    return detail
        .putNull("body")
        .put("code", status)
        .put("message", failure.getMessage())
        .putNull("responseHeaders");
  }

  private static String itemType(Section section) {
    return switch (section) {
      case OUTPUT -> "output";
      case DELETED -> "deleted";
      case ERROR -> "error";
    };
  }

  /** The query of a capability URL is its key. */
  private static String shown(HttpUrl url) {
    return url.newBuilder().query(null).fragment(null).username("").password("").build().toString();
  }

  private synchronized void write(String event, ObjectNode detail) {
    ObjectNode line = JsonTree.object();
    line.put("exportId", exportId);
    line.put("timestamp", time.now().toString());
    line.put("eventId", event);
    line.set("eventDetail", detail);
    byte[] json = JsonTree.write(line);
    byte[] bytes = new byte[json.length + 1];
    System.arraycopy(json, 0, bytes, 0, json.length);
    bytes[json.length] = '\n';
    try {
      file.write(bytes);
    } catch (IOException disk) {
      // A story that cannot be told must not cost a file that is whole.
      log.warn("An event of the export's log could not be written: {}", event);
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException disk) {
      throw new UncheckedIOException("The export's log could not be closed", disk);
    }
  }
}
