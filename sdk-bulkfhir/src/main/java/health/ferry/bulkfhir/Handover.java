package health.ferry.bulkfhir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.FerryException;
import health.ferry.core.internal.journal.Journal;
import health.ferry.core.internal.json.JsonTree;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands whole files over to the caller's sink, and knows by its journal which were taken. Without a
 * sink every file stays where it is.
 */
final class Handover implements Closeable {

  private static final String STARTED = "started";
  private static final String TAKEN = "taken";

  private final @Nullable ExportSink sink;
  private final @Nullable Journal journal;
  private final Map<String, Taken> taken = new ConcurrentHashMap<>();
  private final Set<String> started = ConcurrentHashMap.newKeySet();

  private Handover(@Nullable ExportSink sink, @Nullable Journal journal) {
    this.sink = sink;
    this.journal = journal;
  }

  /** What is still known of a file that is gone. */
  record Taken(Map<String, Long> counts, long bytes) {}

  static Handover open(Path file, Optional<ExportSink> sink) throws IOException {
    List<String> found = new ArrayList<>();
    Journal journal =
        sink.isPresent() || Files.exists(file) ? Journal.open(file, found::add) : null;
    Handover handover = new Handover(sink.orElse(null), journal);
    for (String entry : found) {
      handover.remember(JsonTree.read(entry.getBytes(StandardCharsets.UTF_8)));
    }
    return handover;
  }

  private void remember(JsonNode entry) {
    if (entry.has(STARTED)) {
      started.add(entry.path(STARTED).asText());
    } else {
      taken.put(
          entry.path(TAKEN).asText(),
          new Taken(TypeCounts.read(entry.path("resources")), entry.path("bytes").asLong()));
    }
  }

  boolean hasSink() {
    return sink != null;
  }

  Optional<Taken> taken(PlannedFile planned) {
    return Optional.ofNullable(taken.get(planned.name()));
  }

  /**
   * Hands a whole file over, and removes it.
   *
   * @throws UncheckedIOException when the sink or the disk fails
   */
  void hand(PlannedFile planned, ExportedFile file) {
    if (sink == null || journal == null) {
      return;
    }
    try {
      boolean before = !started.add(planned.name());
      if (!before) {
        journal.append(text(JsonTree.object().put(STARTED, planned.name())));
      }
      take(sink, file, before);
      ObjectNode entry = JsonTree.object().put(TAKEN, planned.name()).put("bytes", file.bytes());
      TypeCounts.write(file.counts(), entry.putObject("resources"));
      journal.append(text(entry));
      taken.put(planned.name(), new Taken(file.counts(), file.bytes()));
      Files.deleteIfExists(file.path());
    } catch (IOException failed) {
      throw new UncheckedIOException("The sink did not take " + planned.name(), failed);
    }
  }

  /** Whatever a sink throws, the file stays and the others go on. */
  private static void take(ExportSink sink, ExportedFile file, boolean before) throws IOException {
    try {
      sink.take(file, before);
    } catch (FerryException failed) {
      throw failed;
    } catch (RuntimeException failed) {
      throw new IOException(failed);
    }
  }

  /** A process may have ended between the journal's last entry and the file's removal. */
  void tidyUp(PlannedFile planned, Path file) {
    if (taken.containsKey(planned.name())) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException disk) {
        throw new UncheckedIOException("The disk failed for " + planned.name(), disk);
      }
    }
  }

  private static String text(ObjectNode entry) {
    return new String(JsonTree.write(entry), StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    if (journal != null) {
      journal.close();
    }
  }
}
