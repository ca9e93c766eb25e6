package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.bulkfhir.ManifestFile.Section;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.core.internal.transfer.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the export of a directory has come, as it stands on disk. Immutable; each step is saved
 * whole before the effect that it announces.
 *
 * @param request which export this is
 * @param token the server's job, null until it is known
 * @param names the names given to the manifest's files, empty until it is known
 * @param counts how many resources of which type a file has, by its name, as far as they were
 *     counted
 * @param continuations the file in which the last block of an organized file goes on, by name
 */
record ExportState(
    Phase phase,
    String request,
    @Nullable String token,
    List<PlannedFile> names,
    Map<String, Map<String, Long>> counts,
    Map<String, String> continuations,
    @Nullable Instant transactionTime) {

  /** The steps, in order. */
  enum Phase {
    /** A kick-off may have been sent; no answer is known. */
    STARTING,
    /** The job is known; files may be missing. */
    RUNNING,
    /** Every file is there; the job may still be on the server. */
    DOWNLOADED,
    /** Nothing is left to do. */
    COMPLETE
  }

  static ExportState starting(String request) {
    return new ExportState(Phase.STARTING, request, null, List.of(), Map.of(), Map.of(), null);
  }

  ExportState running(String jobToken) {
    return new ExportState(
        Phase.RUNNING, request, jobToken, names, counts, continuations, transactionTime);
  }

  ExportState named(FilePlan plan, @Nullable Instant time) {
    Map<String, Map<String, Long>> known = new HashMap<>(counts);
    plan.unsure().forEach(name -> known.remove(name.name()));
    return new ExportState(
        phase,
        request,
        token,
        plan.names(),
        Map.copyOf(known),
        Map.copyOf(Continuation.of(plan)),
        time);
  }

  ExportState counted(Map<String, Map<String, Long>> more) {
    Map<String, Map<String, Long>> all = new HashMap<>(counts);
    all.putAll(more);
    return new ExportState(
        phase, request, token, names, Map.copyOf(all), continuations, transactionTime);
  }

  ExportState at(Phase next) {
    return new ExportState(next, request, token, names, counts, continuations, transactionTime);
  }

  boolean isDownloaded() {
    return phase == Phase.DOWNLOADED || phase == Phase.COMPLETE;
  }

  static Optional<ExportState> read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    JsonNode json = JsonTree.read(Files.readAllBytes(file));
    List<PlannedFile> names = new ArrayList<>();
    Map<String, Map<String, Long>> counts = new HashMap<>();
    Map<String, String> continuations = new HashMap<>();
    for (JsonNode entry : json.path("files")) {
      String name = entry.path("name").asText();
      names.add(
          new PlannedFile(
              name,
              Section.valueOf(entry.path("section").asText()),
              entry.path("type").asText(null),
              new FileKey(entry.path("path").asText(), texts(entry.path("query")))));
      if (entry.has("resources")) {
        counts.put(name, TypeCounts.read(entry.path("resources")));
      }
      if (entry.has("continuesIn")) {
        continuations.put(name, entry.path("continuesIn").asText());
      }
    }
    String time = json.path("transactionTime").asText(null);
    return Optional.of(
        new ExportState(
            Phase.valueOf(json.path("phase").asText()),
            json.path("request").asText(),
            json.path("token").asText(null),
            names,
            counts,
            continuations,
            time == null ? null : Instant.parse(time)));
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  void save(Path file) throws IOException {
    ObjectNode json = JsonTree.object();
    json.put("phase", phase.name());
    json.put("request", request);
    json.put("token", token);
    json.put("transactionTime", transactionTime == null ? null : transactionTime.toString());
    for (PlannedFile name : names) {
      ObjectNode entry =
          json.withArray("files")
              .addObject()
              .put("name", name.name())
              .put("section", name.section().name())
              .put("type", name.type())
              .put("path", name.key().path());
      ArrayNode query = entry.putArray("query");
      name.key().query().forEach(query::add);
      if (counts.containsKey(name.name())) {
        TypeCounts.write(counts.get(name.name()), entry.putObject("resources"));
      }
      if (continuations.containsKey(name.name())) {
        entry.put("continuesIn", continuations.get(name.name()));
      }
    }
    AtomicFile.write(file, JsonTree.write(json));
  }
}
