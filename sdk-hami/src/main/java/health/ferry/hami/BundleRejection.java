package health.ferry.hami;

import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.Violation;
import java.util.List;
import java.util.Set;

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
  private final List<Violation> findings;

  BundleRejection(long bundle, String hash, int status, List<Violation> findings) {
    this.bundle = bundle;
    this.hash = hash;
    this.status = status;
    this.findings = List.copyOf(findings);
  }

  static boolean isOne(ApiException refused) {
    return STATUSES.contains(refused.status());
  }

  /** A refusal without details has its message, or at least its place. */
  static BundleRejection of(long bundle, String hash, ApiException refused) {
    List<Violation> findings =
        refused.fieldErrors().isEmpty()
            ? List.of(new Violation("Bundle", refused.errorMessage().orElse("not stated")))
            : refused.fieldErrors();
    return new BundleRejection(bundle, hash, refused.status(), findings);
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
   * What HAMI found: a path such as {@code Patient.birthDate}, and the rule in HAMI's own words.
   * These may name a patient: do not log them.
   *
   * @return at least one finding
   */
  public List<Violation> findings() {
    return findings;
  }

  ApiException asException(CallInfo call) {
    return ApiException.of(call, ApiError.of(status, "").saying(null, null, findings));
  }

  @Override
  public String toString() {
    return "BundleRejection of bundle " + bundle + ", " + status;
  }
}
