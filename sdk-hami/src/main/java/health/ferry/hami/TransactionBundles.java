package health.ferry.hami;

import health.ferry.fhir.FhirR4;
import health.ferry.hami.internal.bundling.BundlingRun;
import health.ferry.hami.internal.bundling.BundlingSettings;
import health.ferry.hami.internal.bundling.BundlingTally;
import health.ferry.hami.internal.bundling.GroupedStream;
import health.ferry.hami.internal.bundling.IndexedGroups;
import health.ferry.hami.internal.bundling.PatientGroups;
import health.ferry.hami.internal.input.Input;
import health.ferry.hami.internal.spool.Spool;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * Resources as transaction bundles that HAMI takes: at most 100 entries each, everything that an
 * entry refers to among the inputs in the same bundle, and as few bundles as that allows.
 *
 * <p><b>Full URLs.</b> A valid {@code urn:uuid:} that a resource has is kept. Otherwise its full
 * URL is the version 5 UUID of {@code Type/id}, else of the full URL that it has, else of its first
 * identifier, else of its content; a patient's equal resources without any of those get different
 * ones. The same input has the same full URLs at each run, by which HAMI knows what it has already.
 * {@link #source(String)} keeps the ids of two systems apart.
 *
 * <p><b>References.</b> {@code Type/id} (with a version or without), a full URL, and {@code
 * Type?identifier=system|value} where exactly one input has that identifier become the {@code
 * urn:uuid:} of the input that they mean. A reference to none of the inputs goes out as given, with
 * a warning; a {@code urn:} that leads nowhere is an error. Nothing else in a resource changes,
 * save dates ({@link #keepDates()}).
 *
 * <p><b>What came twice</b> with the same content goes out once. Two different resources under one
 * {@code Type/id} or full URL (or, without those, first identifier) are an error that names both
 * places.
 *
 * <p><b>Places.</b> Errors name the input that they are about by {@code labs.ndjson line 7}, {@code
 * export.json Bundle.entry[6]} or {@code resources[6]}: lines count from 1, indexes from 0.
 *
 * <p><b>Bundles.</b> Each holds resources of one patient and whatever those lead to: the Patient
 * first, and something clinical (a Condition, Observation, Appointment or Encounter) where the
 * patient has anything. A resource belongs to the patient in its {@code subject} or {@code
 * patient}, else to the first Patient to whom its references lead, else to the patient of who
 * refers to it; without any, it goes out in a bundle with its like, with a warning. A Patient of
 * whom there is nothing else, and who went along with another one before, gets no bundle more. What
 * does not fit into one bundle repeats the Patient, Encounter and whatever is shared, with the same
 * full URL and bytes.
 *
 * <p><b>How many.</b> Let {@code c} be the most resources to which one resource of a patient leads,
 * itself included, and {@code r} the most that one bundle repeats. Every bundle of a patient but
 * the last has more than {@code 100 - c} entries, so that {@code n} resources take at most {@code 1
 * + (n - 1) / (101 - c - r)} bundles. Where {@code c + r} is no more than 24, as in records of
 * visits with their findings, that is within 1.3 times {@code n / 100}, and one more at most. A
 * resource that leads to more than 99 others is an error.
 *
 * <p>Each iteration reads the input twice: once to find everything that is wrong, before the first
 * bundle is given, and once to make the bundles. It can be iterated again and gives the same
 * bundles byte for byte. In another order the same resources give the same entries; which of them
 * share a bundle, and the order of the bundles, follow the order of the input.
 *
 * <p><b>Memory.</b> Input in any order is indexed first, in memory while it is small and then in a
 * temporary file in {@code java.io.tmpdir}, of one and a half times to twice the size of the input.
 * That file holds patient data: its owner alone may read it, and it is gone when the last bundle
 * has been given or the process ends. In memory is one patient at a time.
 *
 * <p>Immutable but for {@link #report()}; one thread at a time may iterate.
 *
 * @see <a href="https://dev.bostonhealth.ai/reference/universal-ingestion-api">Universal Ingestion
 *     API</a>
 */
public final class TransactionBundles implements Iterable<TransactionBundle> {

  private final Supplier<PatientGroups> input;
  private final BundlingSettings settings;
  private volatile BundlingTally latest = new BundlingTally();

  private TransactionBundles(Supplier<PatientGroups> input, BundlingSettings settings) {
    this.input = input;
    this.settings = settings;
  }

  /**
   * Resources in any order.
   *
   * @param resources of any patients; the same ones at each iteration
   * @return their bundles
   */
  public static TransactionBundles of(Iterable<? extends Resource> resources) {
    Objects.requireNonNull(resources, "resources");
    return of(Input.ofResources(resources, FhirR4.shared()));
  }

  /**
   * Resources of which each patient's stand together: as many as you like, in the memory of one
   * patient, a few bytes for each key, and all resources that no patient has and HAMI does not take
   * (Organizations, Practitioners). Those stand before or among the resources that refer to them.
   *
   * <p>A patient who comes back after another one, and a reference into another patient's
   * resources, are errors.
   *
   * @param resources the same ones at each iteration
   * @return their bundles
   */
  public static TransactionBundles ofGrouped(Iterable<? extends Resource> resources) {
    Objects.requireNonNull(resources, "resources");
    return new TransactionBundles(
        () -> new GroupedStream(Input.eachOf(resources, FhirR4.shared())),
        BundlingSettings.DEFAULT);
  }

  /**
   * The resources of a bundle of any type and size, with its full URLs.
   *
   * @param bundle the bundle, of as many patients as it likes
   * @return its resources, in bundles that HAMI takes
   */
  public static TransactionBundles ofBundle(Bundle bundle) {
    Objects.requireNonNull(bundle, "bundle");
    return of(Input.ofBundle(bundle, FhirR4.shared()));
  }

  /**
   * The resources of a bundle of any type and size, with its full URLs, or a single resource.
   *
   * @param json the bundle
   * @return its resources, in bundles that HAMI takes
   */
  public static TransactionBundles ofBundle(String json) {
    Objects.requireNonNull(json, "json");
    return of(Input.ofJson(json, FhirR4.shared()));
  }

  /**
   * The resources of files, in any order and of any number. {@code .ndjson} holds a resource a
   * line; {@code .json} holds a bundle of any type and size, or one resource; each resource has at
   * most 16 MiB. Of a folder its own files are read, in the order of their names; left alone are
   * hidden files, {@code log.ndjson}, {@code deleted}, {@code error} and {@code attachments} (a
   * bulk export's), and {@code *.journal} (Ferry's own); any other file or folder is refused, since
   * it may be data that is not read.
   *
   * @param paths files and folders
   * @return their resources, in bundles that HAMI takes; whatever cannot be read is an error of the
   *     iteration, which names up to 100 places by file and line or entry
   */
  public static TransactionBundles ofFiles(List<Path> paths) {
    return of(Input.ofFiles(paths, FhirR4.shared()));
  }

  private static TransactionBundles of(Input input) {
    return new TransactionBundles(
        () -> IndexedGroups.of(input, Spool.inTemporaryFolder()), BundlingSettings.DEFAULT);
  }

  /**
   * Leaves out resources of types that HAMI does not take, and counts them in the report. A
   * reference to one of them loses its {@code reference} and gets, where it lacks them, {@code
   * display} and {@code identifier} of the resource. Without this, such an input is refused.
   *
   * @return a copy that does so
   */
  public TransactionBundles dropUnsupported() {
    return new TransactionBundles(
        input, new BundlingSettings(true, settings.keepsDates(), settings.source()));
  }

  /**
   * Leaves dates as they are. Without this they are brought into HAMI's form, UTC in whole seconds,
   * and counted in the report.
   *
   * @return a copy that does so
   */
  public TransactionBundles keepDates() {
    return new TransactionBundles(
        input, new BundlingSettings(settings.dropsUnsupported(), true, settings.source()));
  }

  /**
   * Names the system that the resources come from, so that equal ids of two systems get different
   * full URLs.
   *
   * @param name any text that stays the same for that system, such as its base URL
   * @return a copy that does so
   */
  public TransactionBundles source(String name) {
    Objects.requireNonNull(name, "name");
    return new TransactionBundles(
        input, new BundlingSettings(settings.dropsUnsupported(), settings.keepsDates(), name));
  }

  /**
   * Looks through the whole input, then gives the bundles as they are asked for.
   *
   * @throws health.ferry.core.InvalidInputException for an input that cannot be sent whole: types
   *     that HAMI does not take, references that lead nowhere, two resources under one key, a
   *     resource that leads to too many, or nothing to send at all
   */
  @Override
  public Iterator<TransactionBundle> iterator() {
    return open();
  }

  /** The same, to be closed by who may end early. */
  BundleIterator open() {
    return open(input.get());
  }

  /** The same, from groups that it closes. */
  BundleIterator open(PatientGroups groups) {
    BundlingTally tally = new BundlingTally();
    BundlingRun run = new BundlingRun(groups, settings, tally);
    latest = tally;
    return new BundleIterator(run);
  }

  /** For who iterates more than once, and closes it. */
  BundleReading reading() {
    return new BundleReading(this, input.get());
  }

  /**
   * What the latest iteration counted so far.
   *
   * @return all zeros before the first iteration
   */
  public BundlingReport report() {
    return new BundlingReport(latest);
  }

  @Override
  public String toString() {
    return "TransactionBundles";
  }
}
