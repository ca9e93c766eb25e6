package health.ferry.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * How the {@link BulkFhirPartner} behaves. Immutable; each method with an argument gives a changed
 * copy, its sibling without one tells the value. A job keeps the options that were in force at its
 * kick-off.
 */
public final class BulkFhirOptions implements Cloneable {

  private static final BulkFhirOptions DEFAULTS = new BulkFhirOptions();

  // Written only to a fresh copy that nobody else has seen.
  private boolean requireAuth = true;
  private Duration tokenLifetime = Duration.ofMinutes(5);
  private int pollsUntilDone = 3;
  private boolean progress = true;
  private Supplier<Optional<String>> retryAfter = Optional::empty;
  private boolean locationHeader;
  private boolean relativeStatusUrl;
  private Optional<Boolean> requiresAccessToken = Optional.empty();
  private boolean filesNeedToken = true;
  private boolean filesRefuseAuthorization;
  private boolean signedUrls;
  private boolean oldSignaturesExpire;
  private boolean relativeFileUrls;
  private boolean counts = true;
  private int resourcesPerFile = 100;
  private FileOptions files = FileOptions.defaults();
  private List<ExtraFile> extraFiles = List.of();
  private UnaryOperator<String> manifestEdit = UnaryOperator.identity();
  private String bulkDataVersion = "2.0.0";

  private BulkFhirOptions() {}

  /**
   * The defaults: a token is needed everywhere, three polls until done, no Retry-After, 100
   * resources in a file.
   *
   * @return the options
   */
  public static BulkFhirOptions defaults() {
    return DEFAULTS;
  }

  private BulkFhirOptions copy() {
    try {
      return (BulkFhirOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * As S3 and its like do: files under signed URLs that refuse an Authorization header, {@code
   * requiresAccessToken: false}.
   *
   * @return the changed copy
   */
  public BulkFhirOptions presigned() {
    return requiresAccessToken(false)
        .filesNeedToken(false)
        .filesRefuseAuthorization(true)
        .signedUrls(true);
  }

  /**
   * Whether control calls need a valid token; without, files need none either.
   *
   * @param on true by default
   * @return the changed copy
   */
  public BulkFhirOptions requireAuth(boolean on) {
    BulkFhirOptions copy = copy();
    copy.requireAuth = on;
    return copy;
  }

  /**
   * How long an issued token is good, and its {@code expires_in}.
   *
   * @param lifetime 5 minutes by default; told in whole seconds
   * @return the changed copy
   */
  public BulkFhirOptions tokenLifetime(Duration lifetime) {
    BulkFhirOptions copy = copy();
    copy.tokenLifetime = lifetime;
    return copy;
  }

  /**
   * How many polls are answered 202 before the manifest comes.
   *
   * @param polls 3 by default, 0 for a manifest at once
   * @return the changed copy
   */
  public BulkFhirOptions pollsUntilDone(int polls) {
    BulkFhirOptions copy = copy();
    copy.pollsUntilDone = polls;
    return copy;
  }

  /**
   * Whether a running job's answer has {@code X-Progress}.
   *
   * @param on true by default
   * @return the changed copy
   */
  public BulkFhirOptions progress(boolean on) {
    BulkFhirOptions copy = copy();
    copy.progress = on;
    return copy;
  }

  /**
   * A {@code Retry-After} in seconds on a running job's answer; none by default.
   *
   * @param wait whole seconds
   * @return the changed copy
   */
  public BulkFhirOptions retryAfter(Duration wait) {
    return retryAfter(() -> Optional.of(Long.toString(wait.toSeconds())));
  }

  /**
   * A {@code Retry-After} as an HTTP-date that lies so far ahead of each answer.
   *
   * @param wait from the answer on
   * @return the changed copy
   */
  public BulkFhirOptions retryAfterDate(Duration wait) {
    return retryAfter(
        () ->
            Optional.of(
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    Instant.now().plus(wait).atOffset(ZoneOffset.UTC))));
  }

  /**
   * A {@code Retry-After} in any form, such as an epoch or nonsense.
   *
   * @param value the header's value
   * @return the changed copy
   */
  public BulkFhirOptions retryAfterText(String value) {
    return retryAfter(() -> Optional.of(value));
  }

  private BulkFhirOptions retryAfter(Supplier<Optional<String>> header) {
    BulkFhirOptions copy = copy();
    copy.retryAfter = header;
    return copy;
  }

  /**
   * Whether the kick-off names the status URL in {@code Location} in place of {@code
   * Content-Location}.
   *
   * @param on false by default
   * @return the changed copy
   */
  public BulkFhirOptions locationHeader(boolean on) {
    BulkFhirOptions copy = copy();
    copy.locationHeader = on;
    return copy;
  }

  /**
   * Whether the status URL is told as a path without an origin.
   *
   * @param on false by default
   * @return the changed copy
   */
  public BulkFhirOptions relativeStatusUrl(boolean on) {
    BulkFhirOptions copy = copy();
    copy.relativeStatusUrl = on;
    return copy;
  }

  /**
   * What the manifest says in {@code requiresAccessToken}, true or not. By default it tells the
   * truth.
   *
   * @param value the manifest's value
   * @return the changed copy
   */
  public BulkFhirOptions requiresAccessToken(boolean value) {
    BulkFhirOptions copy = copy();
    copy.requiresAccessToken = Optional.of(value);
    return copy;
  }

  /**
   * Whether files are given only for a valid token.
   *
   * @param on true by default
   * @return the changed copy
   */
  public BulkFhirOptions filesNeedToken(boolean on) {
    BulkFhirOptions copy = copy();
    copy.filesNeedToken = on;
    return copy;
  }

  /**
   * Whether files are refused with 400 when the request has an Authorization header.
   *
   * @param on false by default
   * @return the changed copy
   */
  public BulkFhirOptions filesRefuseAuthorization(boolean on) {
    BulkFhirOptions copy = copy();
    copy.filesRefuseAuthorization = on;
    return copy;
  }

  /**
   * Whether file URLs carry a {@code ?signature=} that is fresh in each manifest and without which
   * the file is refused with 403.
   *
   * @param on false by default
   * @return the changed copy
   */
  public BulkFhirOptions signedUrls(boolean on) {
    BulkFhirOptions copy = copy();
    copy.signedUrls = on;
    return copy;
  }

  /**
   * Whether a new manifest ends the signatures of the one before.
   *
   * @param on false by default
   * @return the changed copy
   */
  public BulkFhirOptions oldSignaturesExpire(boolean on) {
    BulkFhirOptions copy = copy();
    copy.oldSignaturesExpire = on;
    return copy;
  }

  /**
   * Whether the exported files are told as {@code Binary/…}, relative to the FHIR base. They are
   * then served by the control server, for a token where one is needed, without ranges or faults.
   *
   * @param on false by default
   * @return the changed copy
   */
  public BulkFhirOptions relativeFileUrls(boolean on) {
    BulkFhirOptions copy = copy();
    copy.relativeFileUrls = on;
    return copy;
  }

  /**
   * Whether manifest entries have a {@code count}.
   *
   * @param on true by default
   * @return the changed copy
   */
  public BulkFhirOptions counts(boolean on) {
    BulkFhirOptions copy = copy();
    copy.counts = on;
    return copy;
  }

  /**
   * How many resources a file holds; a type with more has several files.
   *
   * @param resources 100 by default, at least 1
   * @return the changed copy
   */
  public BulkFhirOptions resourcesPerFile(int resources) {
    if (resources < 1) {
      throw new IllegalArgumentException("resourcesPerFile must be at least 1");
    }
    BulkFhirOptions copy = copy();
    copy.resourcesPerFile = resources;
    return copy;
  }

  /**
   * How files are served: content type, ETag, ranges, gzip, framing, speed. A guard set here is
   * asked after the one that follows from the options above.
   *
   * @param options {@link FileOptions#defaults()} by default
   * @return the changed copy
   */
  public BulkFhirOptions files(FileOptions options) {
    BulkFhirOptions copy = copy();
    copy.files = options;
    return copy;
  }

  /**
   * Adds a file that every job lists besides the exported data: big ones, deletions, errors.
   *
   * @param file the file
   * @return the changed copy
   */
  public BulkFhirOptions extraFile(ExtraFile file) {
    BulkFhirOptions copy = copy();
    List<ExtraFile> more = new ArrayList<>(extraFiles);
    more.add(file);
    copy.extraFiles = List.copyOf(more);
    return copy;
  }

  /**
   * Changes each manifest before it is sent.
   *
   * @param edit from the manifest's JSON text to what is sent
   * @return the changed copy
   */
  public BulkFhirOptions manifestEdit(UnaryOperator<String> edit) {
    BulkFhirOptions copy = copy();
    copy.manifestEdit = edit;
    return copy;
  }

  /**
   * The version of the Bulk Data guide that the CapabilityStatement names.
   *
   * @param version 2.0.0 by default
   * @return the changed copy
   */
  public BulkFhirOptions bulkDataVersion(String version) {
    BulkFhirOptions copy = copy();
    copy.bulkDataVersion = version;
    return copy;
  }

  /**
   * See {@link #requireAuth(boolean)}.
   *
   * @return the value
   */
  public boolean requireAuth() {
    return requireAuth;
  }

  /**
   * See {@link #tokenLifetime(Duration)}.
   *
   * @return the value
   */
  public Duration tokenLifetime() {
    return tokenLifetime;
  }

  /**
   * See {@link #pollsUntilDone(int)}.
   *
   * @return the value
   */
  public int pollsUntilDone() {
    return pollsUntilDone;
  }

  /**
   * See {@link #progress(boolean)}.
   *
   * @return the value
   */
  public boolean progress() {
    return progress;
  }

  /**
   * The {@code Retry-After} of an answer that is sent now.
   *
   * @return the header's value, empty for none
   */
  public Optional<String> retryAfter() {
    return retryAfter.get();
  }

  /**
   * See {@link #locationHeader(boolean)}.
   *
   * @return the value
   */
  public boolean locationHeader() {
    return locationHeader;
  }

  /**
   * See {@link #relativeStatusUrl(boolean)}.
   *
   * @return the value
   */
  public boolean relativeStatusUrl() {
    return relativeStatusUrl;
  }

  /**
   * What the manifest says; see {@link #requiresAccessToken(boolean)}.
   *
   * @return the value set, otherwise {@link #filesNeedToken()}
   */
  public boolean requiresAccessToken() {
    return requiresAccessToken.orElseGet(this::filesNeedToken);
  }

  /**
   * See {@link #filesNeedToken(boolean)}.
   *
   * @return the value; false without {@link #requireAuth()}
   */
  public boolean filesNeedToken() {
    return filesNeedToken && requireAuth;
  }

  /**
   * See {@link #filesRefuseAuthorization(boolean)}.
   *
   * @return the value
   */
  public boolean filesRefuseAuthorization() {
    return filesRefuseAuthorization;
  }

  /**
   * See {@link #signedUrls(boolean)}.
   *
   * @return the value
   */
  public boolean signedUrls() {
    return signedUrls;
  }

  /**
   * See {@link #oldSignaturesExpire(boolean)}.
   *
   * @return the value
   */
  public boolean oldSignaturesExpire() {
    return oldSignaturesExpire;
  }

  /**
   * See {@link #relativeFileUrls(boolean)}.
   *
   * @return the value
   */
  public boolean relativeFileUrls() {
    return relativeFileUrls;
  }

  /**
   * See {@link #counts(boolean)}.
   *
   * @return the value
   */
  public boolean counts() {
    return counts;
  }

  /**
   * See {@link #resourcesPerFile(int)}.
   *
   * @return the value
   */
  public int resourcesPerFile() {
    return resourcesPerFile;
  }

  /**
   * See {@link #files(FileOptions)}.
   *
   * @return the value
   */
  public FileOptions files() {
    return files;
  }

  /**
   * See {@link #extraFile(ExtraFile)}.
   *
   * @return all files added
   */
  public List<ExtraFile> extraFiles() {
    return extraFiles;
  }

  /**
   * See {@link #manifestEdit(UnaryOperator)}.
   *
   * @return the value
   */
  public UnaryOperator<String> manifestEdit() {
    return manifestEdit;
  }

  /**
   * See {@link #bulkDataVersion(String)}.
   *
   * @return the value
   */
  public String bulkDataVersion() {
    return bulkDataVersion;
  }
}
