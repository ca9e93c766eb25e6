package health.ferry.fhir;

import health.ferry.core.CallInfo;
import health.ferry.core.ConfigurationException;
import health.ferry.core.InvalidInputException;
import health.ferry.core.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Reads FHIR resources from NDJSON, one per line, in constant memory whatever the size.
 *
 * <pre>{@code
 * try (NdjsonIterator<Patient> patients = NdjsonReader.of(file).read(Patient.class)) {
 *   while (patients.hasNext()) {
 *     Patient patient = patients.next();
 *   }
 * }
 * }</pre>
 *
 * <p>Lines end with LF, CR LF or CR; the last may lack its end. Blank lines are skipped and
 * counted. A UTF-8 byte order mark is skipped. A line holds at most 16 MiB unless {@link
 * #withMaxLineBytes(int)} says otherwise. Files are read as they are: compressed ones must be
 * inflated first.
 *
 * <p>Typed reading of files decodes ahead of the caller on threads of its own; see {@link
 * #withThreads(int)}.
 *
 * <p>Immutable and thread-safe; each call of a reading method opens the files anew. Files are
 * opened one at a time, when their turn has come.
 *
 * @see <a href="https://github.com/ndjson/ndjson-spec">the NDJSON specification</a>
 */
public final class NdjsonReader {

  /** The longest line that is read unless the caller says otherwise: 16 MiB. */
  public static final int DEFAULT_MAX_LINE_BYTES = 16 * 1024 * 1024;

  /** Arrays cannot be quite as long as an int. */
  private static final int GREATEST_MAX_LINE_BYTES = Integer.MAX_VALUE - 16;

  private static final int MOST_THREADS = 64;

  /** What a JVM started with {@code -Xmx256m} has at least, whatever its collector. */
  private static final long ENOUGH_HEAP = 240L * 1024 * 1024;

  private final List<NdjsonSource> sources;
  private final int maxLineBytes;
  private final FhirR4 fhir;

  private final int threads;
  private final @Nullable String only;

  private NdjsonReader(
      List<NdjsonSource> sources,
      int maxLineBytes,
      FhirR4 fhir,
      int threads,
      @Nullable String only) {
    this.sources = List.copyOf(sources);
    this.maxLineBytes = maxLineBytes;
    this.fhir = fhir;
    this.threads = threads;
    this.only = only;
  }

  private static NdjsonReader ofSources(List<NdjsonSource> sources, int threads) {
    return new NdjsonReader(sources, DEFAULT_MAX_LINE_BYTES, FhirR4.shared(), threads, null);
  }

  /**
   * Reads one file.
   *
   * @param file an NDJSON file, not compressed
   * @return a reader
   * @throws InvalidInputException if there is no such file, or it may not be read
   */
  public static NdjsonReader of(Path file) {
    return of(List.of(file));
  }

  /**
   * Reads files one after the other.
   *
   * @param files NDJSON files, not compressed, in the order to read; may be empty
   * @return a reader
   * @throws InvalidInputException if any is missing or may not be read; names all of them
   */
  public static NdjsonReader of(List<Path> files) {
    List<Violation> missing =
        files.stream()
            .filter(file -> !Files.isReadable(file) || Files.isDirectory(file))
            .map(file -> new Violation(NdjsonSource.nameOf(file), "must be a readable file"))
            .toList();
    if (!missing.isEmpty()) {
      throw new InvalidInputException(NdjsonLine.CALL, missing);
    }
    return ofSources(files.stream().map(NdjsonSource::of).toList(), threadsForFiles());
  }

  /**
   * Reads a stream, once. Closing what was read, or reaching the end, closes the stream.
   *
   * @param name what errors call it, such as a file's name; never a patient's
   * @param in the bytes, not compressed
   * @return a reader whose second reading throws {@link IllegalStateException}
   */
  public static NdjsonReader of(String name, InputStream in) {
    Objects.requireNonNull(in, "in");
    AtomicBoolean taken = new AtomicBoolean();
    NdjsonSource source =
        new NdjsonSource(
            Objects.requireNonNull(name, "name"),
            () -> {
              if (taken.getAndSet(true)) {
                throw new IllegalStateException("a stream can be read once");
              }
              return in;
            });
    return ofSources(List.of(source), 1);
  }

  /**
   * Reads the files of one resource type from a folder of an export: {@code <type>.ndjson} and
   * {@code <type>-<n>.ndjson}, in the order of their numbers. Other files, such as {@code
   * log.ndjson}, are left alone.
   *
   * @param directory the folder; its subfolders are not searched
   * @param resourceType the type, such as {@code Patient}
   * @return a reader; of nothing, if no file matches
   * @throws InvalidInputException if the folder cannot be listed
   */
  public static NdjsonReader directory(Path directory, String resourceType) {
    Objects.requireNonNull(resourceType, "resourceType");
    try {
      return of(ExportFiles.ofType(directory, resourceType));
    } catch (IOException e) {
      Violation violation =
          new Violation(NdjsonSource.nameOf(directory), "must be a folder that can be listed");
      throw new InvalidInputException(NdjsonLine.CALL, List.of(violation));
    }
  }

  /**
   * The same reader with another limit.
   *
   * @param maxLineBytes the longest line to read in bytes, without its end; at least 1. A longer
   *     line is an error, and is not held in memory
   * @return a reader with this limit
   * @throws ConfigurationException if the limit is out of range
   */
  public NdjsonReader withMaxLineBytes(int maxLineBytes) {
    if (maxLineBytes < 1 || maxLineBytes > GREATEST_MAX_LINE_BYTES) {
      throw refused("maxLineBytes", GREATEST_MAX_LINE_BYTES);
    }
    return new NdjsonReader(sources, maxLineBytes, fhir, threads, only);
  }

  /**
   * The same reader on another FHIR context.
   *
   * @param fhir what typed reading uses; the shared one by default
   * @return a reader with this context
   */
  public NdjsonReader withFhir(FhirR4 fhir) {
    return new NdjsonReader(
        sources, maxLineBytes, Objects.requireNonNull(fhir, "fhir"), threads, only);
  }

  /**
   * The same reader with another number of threads that decode models ahead of the caller. The
   * order stays that of the file, and an error comes at its line. The caller's own thread reads the
   * file; at most {@code threads + 2} batches of up to 64 lines are held, and no more than about a
   * mebibyte of lines plus one.
   *
   * <p>Two threads read files, where the machine has two cores and the heap may grow to 256 MB;
   * else, and for streams, one, which is the caller's: a line is then read when it is asked for.
   * Raw reading always uses one. The threads are daemons; closing the iterator ends them.
   *
   * @param threads from 1, which is the caller's own thread, to 64
   * @return a reader with this number
   * @throws ConfigurationException if the number is out of range
   */
  public NdjsonReader withThreads(int threads) {
    if (threads < 1 || threads > MOST_THREADS) {
      throw refused("threads", MOST_THREADS);
    }
    return new NdjsonReader(sources, maxLineBytes, fhir, threads, only);
  }

  /**
   * The same reader for the resources of one type in files that mix types, such as bulk data
   * organized by patient. Lines that state another type are skipped; what is not JSON, or states no
   * type, stays an error.
   *
   * @param resourceType the type, such as {@code Patient}
   * @return a reader of this type alone
   */
  public NdjsonReader only(String resourceType) {
    Objects.requireNonNull(resourceType, "resourceType");
    return new NdjsonReader(sources, maxLineBytes, fhir, threads, resourceType);
  }

  /**
   * Reads the lines as HAPI models of one type. A line of another type is an error.
   *
   * @param <T> the type
   * @param type the model class, such as {@code Patient.class}; {@code Resource.class} takes any
   * @return the resources in order; close it
   */
  public <T extends Resource> NdjsonIterator<T> read(Class<T> type) {
    Objects.requireNonNull(type, "type");
    LineDecoder<T> decoder = new TypedLineDecoder<>(fhir, type);
    return threads == 1
        ? inTurn(decoder)
        : new NdjsonIterator<>(
            new ReadAhead<>(lines(), decoder, () -> new TypedLineDecoder<>(fhir, type), threads));
  }

  /**
   * Reads the lines as JSON with type and id, without a model. Every line is checked to be one JSON
   * object. Does not load HAPI.
   *
   * @return the resources in order; close it
   */
  public NdjsonIterator<RawResource> raw() {
    return inTurn(new RawLineDecoder(only != null));
  }

  /**
   * Reads the lines as OperationOutcomes, without a model. A line of another type is an error.
   *
   * @return what a server says, in order; close it
   */
  public NdjsonIterator<Outcome> outcomes() {
    return inTurn(new OutcomeLineDecoder());
  }

  private <T> NdjsonIterator<T> inTurn(LineDecoder<T> decoder) {
    return new NdjsonIterator<>(new InTurn<>(lines(), decoder));
  }

  private NdjsonLines lines() {
    return new NdjsonLines(sources.iterator(), maxLineBytes, only);
  }

  /** In a small heap the collector has no time for a second thread's garbage. */
  private static int threadsForFiles() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() < ENOUGH_HEAP ? 1 : Math.min(2, runtime.availableProcessors());
  }

  private static ConfigurationException refused(String setting, int greatest) {
    return new ConfigurationException(
        CallInfo.of("FHIR", "setup"),
        List.of(new Violation(setting, "must be from 1 to " + greatest)));
  }
}
