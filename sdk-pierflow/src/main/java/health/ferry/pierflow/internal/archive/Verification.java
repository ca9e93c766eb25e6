package health.ferry.pierflow.internal.archive;

import health.ferry.core.CancelledException;
import health.ferry.core.internal.async.SharedWork;
import health.ferry.core.internal.time.Cancellation;
import health.ferry.core.internal.time.Cancellation.Registration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads every entry once, whole: sizes, CRC-32, its checksum, and a patient's for being a Bundle.
 * The calling thread works, and another one beside it where there is one.
 */
final class Verification {

  private static final int THREADS = 2;

  private final EntryReaders readers;
  private final Optional<ChecksumList> checksums;
  private final BundleCheck bundles;
  private final Cancellation cancellation;

  Verification(
      EntryReaders readers,
      Optional<ChecksumList> checksums,
      BundleCheck bundles,
      Cancellation cancellation) {
    this.readers = readers;
    this.checksums = checksums;
    this.bundles = bundles;
    this.cancellation = cancellation;
  }

  /** The SHA-256 of each entry, by its name. */
  Map<String, byte[]> run(List<Entry> entries, Executor threads) {
    byte[] @Nullable [] digests = new byte[entries.size()][];
    AtomicInteger next = new AtomicInteger();
    // A file that is wrong stops the other thread, and not what the caller does afterwards.
    Cancellation work = new Cancellation();
    Runnable lane =
        () -> {
          for (int i = next.getAndIncrement(); i < digests.length; i = next.getAndIncrement()) {
            if (work.isCancelled() || Thread.currentThread().isInterrupted()) {
              throw new CancelledException(Refusal.OPEN, "cancelled or interrupted", null);
            }
            Entry entry = entries.get(i);
            digests[i] = readers.lend(reader -> verify(entry, reader));
          }
        };
    try (Registration linked = cancellation.onCancel(work::cancel)) {
      SharedWork.run(Collections.nCopies(THREADS, lane), THREADS, threads, work);
    }
    Map<String, byte[]> byName = new HashMap<>();
    for (int i = 0; i < digests.length; i++) {
      byName.put(entries.get(i).name(), digests[i]);
    }
    return byName;
  }

  private byte[] verify(Entry entry, EntryReader reader) {
    EntryReader.Content content = reader.content(entry);
    Optional<String> problem =
        entry.kind() == EntryKind.PATIENT ? bundles.problem(content) : Optional.empty();
    byte[] sha256 = content.finish();
    if (entry.kind() != EntryKind.FOLDER) {
      checksums.ifPresent(list -> list.require(entry, sha256));
    }
    // What is not what was sent is told first: its content may be anything.
    if (problem.isPresent()) {
      throw Refusal.broken(entry + " " + problem.get());
    }
    return sha256;
  }
}
