package health.ferry.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
  private TokenRules tokens = TokenRules.defaults();
  private int pollsUntilDone = 3;
  private boolean progress = true;
  private Optional<WaitHint> waitHint = Optional.empty();
  private Optional<PollLimit> pollLimit = Optional.empty();
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
  private BulkDataVersion version = BulkDataVersion.STU2;
  private Set<Quirk> quirks = Set.of();
  private Optional<Duration> expires = Optional.empty();
  private int filesPerPage;
  private Optional<ControlAnswer> failure = Optional.empty();
  private KickOffRules kickOff = KickOffRules.defaults();

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

  /**
   * As Medplum, and iEHR which is built on it: presigned URLs that are fresh in each manifest, no
   * {@code Retry-After}, no {@code X-Progress}, no counts, tokens of an hour, and a kick-off of
   * which only the query's {@code _type} and {@code _since} are read.
   *
   * @return the options
   */
  public static BulkFhirOptions medplum() {
    return DEFAULTS
        .presigned()
        .quirks(Quirk.READS_QUERY_ONLY)
        .progress(false)
        .counts(false)
        .tokenLifetime(Duration.ofHours(1));
  }

  /**
   * As Veradigm: groups alone, its list of types, Provenance only when {@code _type} names it,
   * signed assertions alone.
   *
   * @return the options
   */
  public static BulkFhirOptions veradigm() {
    return DEFAULTS
        .quirks(Quirk.PROVENANCE_WHEN_NAMED)
        .kickOff(rules -> KickOffRules.veradigm())
        .tokens(rules -> rules.assertionsOnly(true));
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
    return tokens(rules -> rules.lifetime(lifetime));
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
    return waitHint(WaitHint.seconds(wait));
  }

  /**
   * A {@code Retry-After} as an HTTP-date that lies so far ahead of each answer.
   *
   * @param wait from the answer on
   * @return the changed copy
   */
  public BulkFhirOptions retryAfterDate(Duration wait) {
    return waitHint(WaitHint.date(wait));
  }

  /**
   * A {@code Retry-After} in any form, such as an epoch or nonsense.
   *
   * @param value the header's value
   * @return the changed copy
   */
  public BulkFhirOptions retryAfterText(String value) {
    return waitHint(WaitHint.of("Retry-After", value));
  }

  /**
   * When to come again, on a running job's answer and on each 429.
   *
   * @param hint none by default
   * @return the changed copy
   */
  public BulkFhirOptions waitHint(WaitHint hint) {
    BulkFhirOptions copy = copy();
    copy.waitHint = Optional.of(hint);
    return copy;
  }

  /**
   * How often status may be asked for; beyond it comes 429, and the job does not go on.
   *
   * @param limit none by default
   * @return the changed copy
   */
  public BulkFhirOptions pollLimit(PollLimit limit) {
    BulkFhirOptions copy = copy();
    copy.pollLimit = Optional.of(limit);
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
   * The edition of the guide that the server follows and that its CapabilityStatement names.
   *
   * @param edition {@link BulkDataVersion#STU2} by default
   * @return the changed copy
   */
  public BulkFhirOptions version(BulkDataVersion edition) {
    BulkFhirOptions copy = copy();
    copy.version = edition;
    return copy;
  }

  /**
   * Turns quirks on, besides those that are on already.
   *
   * @param more the quirks
   * @return the changed copy
   */
  public BulkFhirOptions quirks(Quirk... more) {
    BulkFhirOptions copy = copy();
    EnumSet<Quirk> all = EnumSet.noneOf(Quirk.class);
    all.addAll(quirks);
    all.addAll(List.of(more));
    copy.quirks = Collections.unmodifiableSet(all);
    return copy;
  }

  /**
   * An {@code Expires} header on the manifest; none by default. The files stay all the same.
   *
   * @param wait how far ahead of each answer
   * @return the changed copy
   */
  public BulkFhirOptions expires(Duration wait) {
    BulkFhirOptions copy = copy();
    copy.expires = Optional.of(wait);
    return copy;
  }

  /**
   * How many files a page of the manifest lists; further pages follow by {@code link.next}. From
   * {@link BulkDataVersion#STU3} on, a client that sends {@code allowPartialManifests=true} sees
   * the pages that are ready on each 202.
   *
   * @param files 0, the default, for one page; where partial manifests are shown, for about one
   *     page a poll
   * @return the changed copy
   */
  public BulkFhirOptions filesPerPage(int files) {
    BulkFhirOptions copy = copy();
    copy.filesPerPage = files;
    return copy;
  }

  /**
   * Lets each job fail for good after its polls: every further status call is answered so. With
   * {@code separate-export-status} the answer's status moves to {@code X-Export-Status}.
   *
   * @param answer such as an OperationOutcome with 500
   * @return the changed copy
   */
  public BulkFhirOptions failsWith(ControlAnswer answer) {
    BulkFhirOptions copy = copy();
    copy.failure = Optional.of(answer);
    return copy;
  }

  /**
   * Changes what a kick-off may ask for.
   *
   * @param change from the rules so far to the new ones
   * @return the changed copy
   */
  public BulkFhirOptions kickOff(UnaryOperator<KickOffRules> change) {
    BulkFhirOptions copy = copy();
    copy.kickOff = change.apply(kickOff);
    return copy;
  }

  /**
   * Changes how tokens are handed out.
   *
   * @param change from the rules so far to the new ones
   * @return the changed copy
   */
  public BulkFhirOptions tokens(UnaryOperator<TokenRules> change) {
    BulkFhirOptions copy = copy();
    copy.tokens = change.apply(tokens);
    return copy;
  }

  /** {@return what {@link #requireAuth(boolean)} set} */
  public boolean requireAuth() {
    return requireAuth;
  }

  /** {@return what {@link #pollsUntilDone(int)} set} */
  public int pollsUntilDone() {
    return pollsUntilDone;
  }

  /** {@return what {@link #progress(boolean)} set} */
  public boolean progress() {
    return progress;
  }

  /** {@return what {@link #waitHint(WaitHint)} set} */
  public Optional<WaitHint> waitHint() {
    return waitHint;
  }

  /** {@return what {@link #pollLimit(PollLimit)} set} */
  public Optional<PollLimit> pollLimit() {
    return pollLimit;
  }

  /** {@return what {@link #locationHeader(boolean)} set} */
  public boolean locationHeader() {
    return locationHeader;
  }

  /** {@return what {@link #relativeStatusUrl(boolean)} set} */
  public boolean relativeStatusUrl() {
    return relativeStatusUrl;
  }

  /** {@return what {@link #requiresAccessToken(boolean)} set, else {@link #filesNeedToken()}} */
  public boolean requiresAccessToken() {
    return requiresAccessToken.orElseGet(this::filesNeedToken);
  }

  /** {@return what {@link #filesNeedToken(boolean)} set; false without {@link #requireAuth()}} */
  public boolean filesNeedToken() {
    return filesNeedToken && requireAuth;
  }

  /** {@return what {@link #filesRefuseAuthorization(boolean)} set} */
  public boolean filesRefuseAuthorization() {
    return filesRefuseAuthorization;
  }

  /** {@return what {@link #signedUrls(boolean)} set} */
  public boolean signedUrls() {
    return signedUrls;
  }

  /** {@return what {@link #oldSignaturesExpire(boolean)} set} */
  public boolean oldSignaturesExpire() {
    return oldSignaturesExpire;
  }

  /** {@return what {@link #relativeFileUrls(boolean)} set} */
  public boolean relativeFileUrls() {
    return relativeFileUrls;
  }

  /** {@return what {@link #counts(boolean)} set} */
  public boolean counts() {
    return counts;
  }

  /** {@return what {@link #resourcesPerFile(int)} set} */
  public int resourcesPerFile() {
    return resourcesPerFile;
  }

  /** {@return what {@link #files(FileOptions)} set} */
  public FileOptions files() {
    return files;
  }

  /** {@return all files that {@link #extraFile(ExtraFile)} added} */
  public List<ExtraFile> extraFiles() {
    return extraFiles;
  }

  /** {@return what {@link #manifestEdit(UnaryOperator)} set} */
  public UnaryOperator<String> manifestEdit() {
    return manifestEdit;
  }

  /** {@return what {@link #version(BulkDataVersion)} set} */
  public BulkDataVersion version() {
    return version;
  }

  /**
   * Whether a quirk is on.
   *
   * @param quirk the quirk
   * @return true once {@link #quirks(Quirk...)} has named it
   */
  public boolean has(Quirk quirk) {
    return quirks.contains(quirk);
  }

  /** {@return what {@link #expires(Duration)} set} */
  public Optional<Duration> expires() {
    return expires;
  }

  /** {@return what {@link #filesPerPage(int)} set} */
  public int filesPerPage() {
    return filesPerPage;
  }

  /** {@return what {@link #failsWith(ControlAnswer)} set} */
  public Optional<ControlAnswer> failure() {
    return failure;
  }

  /** {@return what {@link #kickOff(UnaryOperator)} made} */
  public KickOffRules kickOff() {
    return kickOff;
  }

  /** {@return what {@link #tokens(UnaryOperator)} made} */
  public TokenRules tokens() {
    return tokens;
  }
}
