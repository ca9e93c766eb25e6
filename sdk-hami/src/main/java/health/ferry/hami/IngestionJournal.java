package health.ferry.hami;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import health.ferry.core.CallInfo;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import health.ferry.core.internal.call.Origin;
import health.ferry.core.internal.journal.DamagedJournalException;
import health.ferry.core.internal.journal.Journal;
import health.ferry.core.internal.journal.JournalInUseException;
import health.ferry.core.internal.json.JsonTree;
import health.ferry.hami.internal.journal.UuidSet;
import health.ferry.hami.internal.journal.UuidText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was begun and what came of it, bundle by bundle, known by the hash of their bytes. On disk
 * before anyone relies on it when there is a file, in memory alone otherwise. Thread-safe.
 *
 * <p>The file's first line names the server and the group; the others are {@code started}, {@code
 * accepted} or {@code rejected}.
 */
final class IngestionJournal implements AutoCloseable {

  private static final String STARTED = "started";
  private static final String ACCEPTED = "accepted";
  private static final String BUNDLE = "bundle";

  private static final CallInfo CALL = CallInfo.of(HamiClientBuilder.NAME.partner(), "submitAll");

  private final ObjectNode header;
  private boolean hasHeader;
  private @Nullable Journal journal;

  private final Set<String> underWay = new HashSet<>();
  private final Map<String, Accepted> accepted = new LinkedHashMap<>();
  private final Map<String, BundleRejection> rejected = new LinkedHashMap<>();
  private final UuidSet resources = new UuidSet();

  private record Accepted(long bundle, String transactionId) {}

  private IngestionJournal(ObjectNode header) {
    this.header = header;
  }

  /**
   * Opens the journal of a group.
   *
   * @param file empty for one in memory
   * @throws InvalidInputException when it cannot be opened, is in use, damaged, or another group's
   */
  static IngestionJournal open(Optional<Path> file, Origin server, String group) {
    ObjectNode header =
        JsonTree.object()
            .put("journal", "ferry-hami-ingestion")
            .put("version", 1)
            .put("server", server.scheme() + "://" + server.host() + ":" + server.port())
            .put("group", group);
    IngestionJournal opened = new IngestionJournal(header);
    file.ifPresent(opened::openFile);
    return opened;
  }

  private void openFile(Path file) {
    try {
      journal = Journal.open(file, this::remember);
    } catch (JournalInUseException inUse) {
      throw refused("is being written by another ingestion; wait for that to end");
    } catch (DamagedJournalException damaged) {
      throw refused("nobody can know what was sent: " + damaged.getMessage());
    } catch (IOException unusable) {
      throw refused(
          "cannot be opened: it must be a file that can be written, in a folder that exists");
    }
  }

  private static InvalidInputException refused(String rule) {
    return new InvalidInputException(CALL, List.of(new Violation("journal", rule)));
  }

  private void remember(String line) {
    JsonNode entry = tree(line);
    if (!hasHeader) {
      requireMine(entry);
      hasHeader = true;
    } else if (entry.has(STARTED)) {
      underWay.add(entry.path(STARTED).asText());
    } else if (entry.has(ACCEPTED)) {
      rememberAccepted(entry);
    } else if (entry.has(RejectedLine.REJECTED)) {
      reject(RejectedLine.read(entry));
    } else {
      throw refused("holds an entry that this version of Ferry does not know");
    }
  }

  private void rememberAccepted(JsonNode entry) {
    try {
      accept(
          entry.path(ACCEPTED).asText(),
          new Accepted(entry.path(BUNDLE).asLong(), entry.path("transactionId").asText()),
          entry.path("resources").asText());
    } catch (IllegalArgumentException unreadable) {
      throw refused("holds an entry that this version of Ferry does not know");
    }
  }

  private static JsonNode tree(String line) {
    try {
      return JsonTree.read(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException notJson) {
      throw refused("is the journal of something else");
    }
  }

  private void requireMine(JsonNode first) {
    if (!first.path("journal").equals(header.path("journal"))) {
      throw refused("is the journal of something else");
    }
    if (!first.path("version").equals(header.path("version"))) {
      throw refused("was written by another version of Ferry");
    }
    if (!first.equals(header)) {
      throw refused("belongs to another group or server; choose another file");
    }
  }

  /** Writes down that a bundle is about to be sent. */
  synchronized void started(TransactionBundle bundle) {
    underWay.add(bundle.hash());
    write(JsonTree.object().put(STARTED, bundle.hash()).put(BUNDLE, bundle.number()));
  }

  /** Writes down that HAMI has accepted it. */
  synchronized void accepted(TransactionBundle bundle, IngestionReceipt receipt) {
    String uuids = UuidText.of(bundle.fullUrls());
    accept(bundle.hash(), new Accepted(bundle.number(), receipt.transactionId()), uuids);
    write(
        JsonTree.object()
            .put(ACCEPTED, bundle.hash())
            .put(BUNDLE, bundle.number())
            .put("transactionId", receipt.transactionId())
            .put("resources", uuids));
  }

  /** Writes down that HAMI has refused it. */
  synchronized void rejected(BundleRejection rejection) {
    reject(rejection);
    write(RejectedLine.of(rejection));
  }

  private void accept(String hash, Accepted outcome, String uuids) {
    underWay.remove(hash);
    accepted.put(hash, outcome);
    UuidText.read(uuids, resources::add);
  }

  private void reject(BundleRejection rejection) {
    underWay.remove(rejection.hash());
    rejected.put(rejection.hash(), rejection);
  }

  private void write(ObjectNode entry) {
    if (journal == null) {
      return;
    }
    try {
      if (!hasHeader) {
        journal.append(text(header));
        hasHeader = true;
      }
      journal.append(text(entry));
    } catch (IOException disk) {
      throw new UncheckedIOException("The ingestion's journal cannot be written", disk);
    }
  }

  private static String text(ObjectNode entry) {
    return new String(JsonTree.write(entry), StandardCharsets.UTF_8);
  }

  synchronized boolean hasOutcome(String hash) {
    return accepted.containsKey(hash) || rejected.containsKey(hash);
  }

  /** How many were begun, have no outcome, and are not among these. */
  synchronized int underWayBesides(Set<String> hashes) {
    return (int) underWay.stream().filter(hash -> !hashes.contains(hash)).count();
  }

  /** The refusal of one of these, the first by the order of the refusals. */
  synchronized Optional<BundleRejection> rejectionAmong(Set<String> hashes) {
    return rejected.values().stream().filter(one -> hashes.contains(one.hash())).findFirst();
  }

  synchronized int numberOfAccepted() {
    return accepted.size();
  }

  synchronized int numberOfRejected() {
    return rejected.size();
  }

  synchronized IngestionReport.Outcomes outcomes() {
    return new IngestionReport.Outcomes(
        accepted.size(),
        resources.size(),
        accepted.values().stream()
            .sorted(Comparator.comparingLong(Accepted::bundle))
            .map(Accepted::transactionId)
            .toList(),
        List.copyOf(rejected.values()));
  }

  @Override
  public void close() {
    if (journal != null) {
      try {
        journal.close();
      } catch (IOException disk) {
        throw new UncheckedIOException("The ingestion's journal cannot be closed", disk);
      }
    }
  }
}
