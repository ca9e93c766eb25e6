package health.ferry.hami;

import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that HAMI refused, and what to correct. Immutable; {@code toString} leaves HAMI's words
 * out.
 */
public final class BundleRejection {

  /** What refuses one bundle; any other 4xx refuses the caller. */
  private static final Set<Integer> STATUSES = Set.of(400, 409, 413, 422);

  private final long bundle;
  private final String hash;
  private final int status;
  private final List<RejectionFinding> findings;
  private final @Nullable String message;
  private final List<RejectedEntry> entries;

  BundleRejection(
      long bundle,
      String hash,
      int status,
      List<RejectionFinding> findings,
      @Nullable String message,
      List<RejectedEntry> entries) {
    this.bundle = bundle;
    this.hash = hash;
    this.status = status;
    this.findings = List.copyOf(findings);
    this.message = message;
    this.entries = List.copyOf(entries);
  }

  static boolean isOne(ApiException refused) {
    return STATUSES.contains(refused.status());
  }

  static BundleRejection of(TransactionBundle bundle, ApiException refused) {
    RejectedContent content = RejectedContent.of(bundle);
    return new BundleRejection(
        bundle.number(),
        bundle.hash(),
        refused.status(),
        refused.fieldErrors().stream().map(content::finding).toList(),
        refused.errorMessage().orElse(null),
        content.entries());
  }

  /**
   * Which bundle it was.
   *
   * @return its number in the run that sent it, from 1
   */
  public long bundle() {
    return bundle;
  }

  /**
   * Which bundle it was, by its content.
   *
   * @return the SHA-256 of its bytes in hexadecimal, as {@link TransactionBundle#hash()}
   */
  public String hash() {
    return hash;
  }

  /**
   * HAMI's answer.
   *
   * @return the HTTP status: 400, 409, 413 or 422
   */
  public int status() {
    return status;
  }

  /**
   * What HAMI found, each with the input that it is about. HAMI's words may name a patient: do not
   * log them.
   *
   * @return in HAMI's order; empty when HAMI gave a {@link #message()} alone, or nothing
   */
  public List<RejectionFinding> findings() {
    return findings;
  }

  /**
   * What stands in the bundle, as HAMI knows it.
   *
   * @return the entries' full URLs, a {@code urn:uuid:} each, in the order of the entries; empty
   *     when the refusal comes from a journal of before these were kept
   */
  public List<String> fullUrls() {
    return entries.stream().map(RejectedEntry::fullUrl).toList();
  }

  /**
   * What stands in the bundle, as the caller knows it: where each entry's resource came from, its
   * type, and its id if it had one, such as {@code labs.ndjson line 7: Observation/o1}, {@code
   * visits.json Bundle.entry[3]: Patient} or {@code resources[3]: Patient/p2}. Places are of the
   * run that was refused.
   *
   * @return as many as {@link #fullUrls()}, in the same order
   */
  public List<String> inputs() {
    return entries.stream().map(RejectedEntry::input).toList();
  }

  List<RejectedEntry> entries() {
    return entries;
  }

  /**
   * HAMI's message about the whole bundle. It may name a patient: do not log it.
   *
   * @return empty when there was none
   */
  public Optional<String> message() {
    return Optional.ofNullable(message);
  }

  ApiException asException(CallInfo call) {
    return ApiException.of(
        call,
        ApiError.of(status, "")
            .saying(null, message, findings.stream().map(RejectionFinding::told).toList()));
  }

  @Override
  public String toString() {
    return "BundleRejection of bundle " + bundle + ", " + status;
  }
}
