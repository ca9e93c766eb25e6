package health.ferry.hami;

import health.ferry.core.CallInfo;
import health.ferry.core.CallOptions;
import health.ferry.core.ConfigurationException;
import health.ferry.core.Violation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one {@link HamiClient#submitAll submitAll} is done. Immutable; each method returns a copy.
 *
 * <p>By default one bundle at a time, 24 hours in all, and no journal.
 */
public final class IngestionOptions {

  static final Duration LONGEST = Duration.ofHours(24);

  private static final IngestionOptions DEFAULTS =
      new IngestionOptions(null, 1, progress -> {}, report -> {}, CallOptions.defaults());

  private final @Nullable Path journal;
  private final int parallel;
  private final Consumer<IngestionProgress> listener;
  private final Consumer<IngestionReport> reader;
  private final CallOptions call;

  private IngestionOptions(
      @Nullable Path journal,
      int parallel,
      Consumer<IngestionProgress> listener,
      Consumer<IngestionReport> reader,
      CallOptions call) {
    this.journal = journal;
    this.parallel = parallel;
    this.listener = listener;
    this.reader = reader;
    this.call = call;
  }

  /**
   * The defaults.
   *
   * @return options to change by their methods
   */
  public static IngestionOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Writes down what was sent and what came of it, so that a run that was killed is taken up again
   * by another one with the same journal and input. A file of its own: hashes of bundles, HAMI's
   * ids, the UUIDs of accepted resources, and of refused bundles the full URLs, where their
   * resources came from, and HAMI's words, which may name a patient.
   *
   * @param file the journal of this group, or one that is not there yet
   * @return a copy with this journal
   */
  public IngestionOptions journal(Path file) {
    return new IngestionOptions(file, parallel, listener, reader, call);
  }

  /**
   * How many bundles are under way at once. The seed advises one ("Best Practices": send
   * sequentially); more helps only where HAMI takes longer than 600 ms to answer. An executor of
   * the caller's with fewer threads means fewer bundles.
   *
   * @param bundles 1 to 10
   * @return a copy with this number
   * @throws ConfigurationException when the number is out of range
   */
  public IngestionOptions parallel(int bundles) {
    require("parallel", bundles >= 1 && bundles <= 10, "must be from 1 to 10");
    return new IngestionOptions(journal, bundles, listener, reader, call);
  }

  /**
   * How long the whole call may take.
   *
   * @param longest a positive time
   * @return a copy with this deadline
   * @throws ConfigurationException when the time is not positive
   */
  public IngestionOptions deadline(Duration longest) {
    require("deadline", !longest.isZero() && !longest.isNegative(), "must be a positive time");
    return new IngestionOptions(journal, parallel, listener, reader, call.deadline(longest));
  }

  /**
   * The caller's id for the call, for logs on both sides.
   *
   * @param id see {@link CallOptions#correlationId(String)}
   * @return a copy with this id
   */
  public IngestionOptions correlationId(String id) {
    return new IngestionOptions(journal, parallel, listener, reader, call.correlationId(id));
  }

  /**
   * Tells a listener after each bundle. It may be called on any thread, by several at a time, and
   * must not block; what it throws is logged and dropped.
   *
   * @param newListener the listener
   * @return a copy with this listener
   */
  public IngestionOptions onProgress(Consumer<IngestionProgress> newListener) {
    return new IngestionOptions(journal, parallel, newListener, reader, call);
  }

  /**
   * Gives the report to a reader when the call has ended: also after its future was cancelled,
   * whose caller gets none. Called once, on the thread of the call; not when the call throws. What
   * the reader throws is logged and dropped.
   *
   * @param newReader the reader
   * @return a copy with this reader
   */
  public IngestionOptions onReport(Consumer<IngestionReport> newReader) {
    return new IngestionOptions(journal, parallel, listener, newReader, call);
  }

  private static void require(String setting, boolean holds, String rule) {
    if (!holds) {
      throw new ConfigurationException(
          CallInfo.of(HamiClientBuilder.NAME.partner(), "submitAll"),
          List.of(new Violation(setting, rule)));
    }
  }

  Optional<Path> journal() {
    return Optional.ofNullable(journal);
  }

  int parallel() {
    return parallel;
  }

  Consumer<IngestionProgress> listener() {
    return listener;
  }

  Consumer<IngestionReport> reader() {
    return reader;
  }

  CallOptions call() {
    return call;
  }
}
