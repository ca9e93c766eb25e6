package health.ferry.pierflow;

import health.ferry.core.CancelledException;
import health.ferry.core.internal.redaction.RedactedCause;
import health.ferry.pierflow.internal.archive.Refusal;
import health.ferry.pierflow.internal.archive.VerifiedArchive;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Patients in the order of the manifest: each read when it is asked for, or a few of them ahead by
 * helpers. A patient that no helper has begun is read by the caller, so a busy executor, or one
 * that has no thread at all, costs nothing but time. Not thread-safe.
 */
final class PatientIterator implements Iterator<PackagedPatient> {

  /** Per helper: enough that none of them waits for the caller after each patient. */
  private static final int AHEAD = 4;

  /** JSON; a model takes some ten times as much. */
  private static final long ENOUGH_BYTES = 2 * 1024 * 1024;

  private final VerifiedArchive archive;
  private final Iterator<ManifestPatient> listed;
  private final int helpers;
  private final Executor threads;
  private final Demand demand = new Demand();
  private final Deque<Ahead> ahead = new ArrayDeque<>();
  private final Queue<Ahead> notBegun = new ConcurrentLinkedQueue<>();
  private final AtomicInteger helping = new AtomicInteger();
  private long bytes;
  private boolean begun;

  /**
   * @param parallel 1 for the caller alone, or the number of helpers
   */
  PatientIterator(
      VerifiedArchive archive, List<ManifestPatient> listed, int parallel, Executor threads) {
    this.archive = archive;
    this.listed = listed.iterator();
    this.helpers = parallel == 1 ? 0 : parallel;
    this.threads = threads;
  }

  /** A patient that is being read, or will be. */
  private static final class Ahead extends FutureTask<PackagedPatient> {
    private final long size;

    Ahead(ManifestPatient patient, PatientIterator reading) {
      super(() -> new PackagedPatient(patient, reading.content(patient).prepared()));
      this.size = reading.archive.size(patient.file());
    }
  }

  @Override
  public boolean hasNext() {
    return !ahead.isEmpty() || listed.hasNext();
  }

  @Override
  public PackagedPatient next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more patients");
    }
    // What is asked of the first patient tells what the helpers shall do.
    if (!begun || helpers == 0) {
      begun = true;
      ManifestPatient patient = listed.next();
      return new PackagedPatient(patient, content(patient));
    }
    fill();
    Ahead next = ahead.remove();
    // Where no helper comes, nobody else takes it out, and it would keep its patient in memory.
    notBegun.remove(next);
    bytes -= next.size;
    next.run();
    return result(next);
  }

  private PatientContent content(ManifestPatient patient) {
    return new PatientContent(patient.file(), archive.read(patient.file()), demand);
  }

  private void fill() {
    while (listed.hasNext()
        && (ahead.isEmpty() || (ahead.size() < AHEAD * helpers && bytes < ENOUGH_BYTES))) {
      Ahead one = new Ahead(listed.next(), this);
      bytes += one.size;
      ahead.add(one);
      notBegun.add(one);
      callHelper();
    }
  }

  private void callHelper() {
    if (helping.get() < helpers) {
      helping.incrementAndGet();
      try {
        threads.execute(this::help);
      } catch (RejectedExecutionException noRoom) {
        helping.decrementAndGet();
      }
    }
  }

  private void help() {
    for (Ahead one = notBegun.poll(); one != null; one = notBegun.poll()) {
      one.run();
    }
    helping.decrementAndGet();
  }

  private static PackagedPatient result(Ahead patient) {
    try {
      return patient.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failed.getCause();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancelledException(
          Refusal.OPEN, "the thread was interrupted", RedactedCause.of(interrupted));
    }
  }
}
