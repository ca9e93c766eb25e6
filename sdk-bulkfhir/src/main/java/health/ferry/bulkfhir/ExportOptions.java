package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import health.ferry.core.CallOptions;
import health.ferry.core.ConfigurationException;
import health.ferry.core.ProgressListener;
import health.ferry.core.Violation;
import health.ferry.fhir.NdjsonReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one export into a directory is done. Immutable; each method returns a copy.
 *
 * <p>By default five files at a time, 24 hours in all, lines of at most 16 MiB, the files kept in
 * the directory, no attachments, and the job deleted on the server when every file is there.
 */
public final class ExportOptions {

  static final Duration LONGEST = Duration.ofHours(24);

  private final Parts parts;

  private ExportOptions(Parts parts) {
    this.parts = parts;
  }

  private record Parts(
      int parallel,
      int maxLineBytes,
      boolean keepJob,
      boolean attachments,
      @Nullable ExportSink sink,
      ProgressListener listener,
      CallOptions call) {}

  /**
   * The defaults.
   *
   * @return options to change by their methods
   */
  public static ExportOptions defaults() {
    return new ExportOptions(
        new Parts(
            5,
            NdjsonReader.DEFAULT_MAX_LINE_BYTES,
            false,
            false,
            null,
            ProgressListener.NONE,
            CallOptions.defaults()));
  }

  /**
   * How many files are fetched at once. An executor of the caller's with fewer threads means fewer
   * files.
   *
   * @param files 1 to 64
   * @return a copy with this number
   * @throws ConfigurationException when the number is out of range
   */
  public ExportOptions parallel(int files) {
    if (files < 1 || files > 64) {
      throw refused("parallel", "must be from 1 to 64");
    }
    return new ExportOptions(
        new Parts(
            files,
            parts.maxLineBytes,
            parts.keepJob,
            parts.attachments,
            parts.sink,
            parts.listener,
            parts.call));
  }

  /**
   * How long a line of a file may be. A longer one makes its file a failure, since a reader would
   * stumble over it.
   *
   * @param bytes at least 1; 16 MiB by default, as {@link NdjsonReader} reads
   * @return a copy with this limit
   * @throws ConfigurationException when the limit is not positive
   */
  public ExportOptions maxLineBytes(int bytes) {
    if (bytes < 1) {
      throw refused("maxLineBytes", "must be positive");
    }
    return new ExportOptions(
        new Parts(
            parts.parallel,
            bytes,
            parts.keepJob,
            parts.attachments,
            parts.sink,
            parts.listener,
            parts.call));
  }

  /**
   * Leaves the job and its files on the server.
   *
   * @return a copy that keeps the job
   */
  public ExportOptions keepJob() {
    return new ExportOptions(
        new Parts(
            parts.parallel,
            parts.maxLineBytes,
            true,
            parts.attachments,
            parts.sink,
            parts.listener,
            parts.call));
  }

  /**
   * Hands each file over when it is whole, instead of keeping it in the directory. Give the same
   * sink again when the export is resumed.
   *
   * @param newSink who takes the files
   * @return a copy with this sink
   * @throws ConfigurationException together with {@link #attachments()}
   */
  public ExportOptions sink(ExportSink newSink) {
    requireFilesForAttachments(parts.attachments);
    return new ExportOptions(
        new Parts(
            parts.parallel,
            parts.maxLineBytes,
            parts.keepJob,
            parts.attachments,
            newSink,
            parts.listener,
            parts.call));
  }

  /**
   * Fetches also what the Attachments of the exported resources name by URL and do not hold
   * themselves, such as the documents of DocumentReferences, into the folder {@code attachments}:
   * one file for each URL, under a name of Ferry's own, and {@code index.jsonl} with a line for
   * each Attachment: {@code resource} ({@code Type/id}), {@code path} in it, {@code file}, {@code
   * contentType} when the resource names one, and {@code bytes}.
   *
   * <p>They are fetched when all files are there, and one that cannot be had makes the export
   * incomplete like a file. An export that was finished without them stays as it is.
   *
   * <p>Size and hash are compared where the resource gives them. The token goes along when the
   * manifest says {@code requiresAccessToken}, or the URL is relative to the FHIR server, and never
   * to another origin. (Bulk Data Access, "Attachments"; SMART App Launch, on references to other
   * servers.)
   *
   * @return a copy that fetches attachments
   * @throws ConfigurationException together with a {@link #sink}, which takes the resources away
   */
  public ExportOptions attachments() {
    requireFilesForAttachments(parts.sink != null);
    return new ExportOptions(
        new Parts(
            parts.parallel,
            parts.maxLineBytes,
            parts.keepJob,
            true,
            parts.sink,
            parts.listener,
            parts.call));
  }

  private static void requireFilesForAttachments(boolean both) {
    if (both) {
      throw refused("attachments", "must not be asked for together with a sink");
    }
  }

  /**
   * Tells a listener of polls and files.
   *
   * @param newListener the listener
   * @return a copy with this listener
   */
  public ExportOptions onProgress(ProgressListener newListener) {
    return new ExportOptions(
        new Parts(
            parts.parallel,
            parts.maxLineBytes,
            parts.keepJob,
            parts.attachments,
            parts.sink,
            newListener,
            parts.call));
  }

  /**
   * How long the whole export may take: kick-off, waiting and files.
   *
   * @param longest a positive time
   * @return a copy with this deadline
   * @throws ConfigurationException when the time is not positive
   */
  public ExportOptions deadline(Duration longest) {
    if (longest.isZero() || longest.isNegative()) {
      throw refused("deadline", "must be a positive time");
    }
    return with(parts.call.deadline(longest));
  }

  /**
   * The caller's id for the export, for logs on both sides.
   *
   * @param id see {@link CallOptions#correlationId(String)}
   * @return a copy with this id
   */
  public ExportOptions correlationId(String id) {
    return with(parts.call.correlationId(id));
  }

  private ExportOptions with(CallOptions call) {
    return new ExportOptions(
        new Parts(
            parts.parallel,
            parts.maxLineBytes,
            parts.keepJob,
            parts.attachments,
            parts.sink,
            parts.listener,
            call));
  }

  private static ConfigurationException refused(String setting, String rule) {
    return new ConfigurationException(
        CallInfo.of("Bulk FHIR", "export"), List.of(new Violation(setting, rule)));
  }

  int parallel() {
    return parts.parallel;
  }

  int maxLineBytes() {
    return parts.maxLineBytes;
  }

  boolean keepsJob() {
    return parts.keepJob;
  }

  boolean fetchesAttachments() {
    return parts.attachments;
  }

  Optional<ExportSink> sink() {
    return Optional.ofNullable(parts.sink);
  }

  ProgressListener listener() {
    return parts.listener;
  }

  CallOptions call() {
    return parts.call;
  }
}
