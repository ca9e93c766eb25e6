package health.ferry.hami;

import health.ferry.core.ApiError;
import health.ferry.core.ApiException;
import health.ferry.core.CallInfo;
import health.ferry.core.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that HAMI refused, and what to correct. Immutable; {@code toString} leaves HAMI's words
 * out.
 */
public final class BundleRejection {

  /** What refuses one bundle; any other 4xx refuses the caller. */
  private static final Set<Integer> STATUSES = Set.of(400, 409, 413, 422);

  /** A place in a resource, as FHIR writes it. */
  private static final Pattern PLACE =
      Pattern.compile("[A-Za-z]{1,64}((\\.[A-Za-z][A-Za-z0-9]{0,63})|(\\[[0-9]{1,6}]))*+");

  private final long bundle;
  private final String hash;
  private final int status;
  private final List<Violation> findings;
  private final @Nullable String message;

  BundleRejection(
      long bundle, String hash, int status, List<Violation> findings, @Nullable String message) {
    this.bundle = bundle;
    this.hash = hash;
    this.status = status;
    this.findings = List.copyOf(findings);
    this.message = message;
  }

  static boolean isOne(ApiException refused) {
    return STATUSES.contains(refused.status());
  }

  static BundleRejection of(long bundle, String hash, ApiException refused) {
    return new BundleRejection(
        bundle,
        hash,
        refused.status(),
        refused.fieldErrors().stream().map(BundleRejection::withPlace).toList(),
        refused.errorMessage().orElse(null));
  }

  /** Places are shown; what only claims to be one could say anything. */
  private static Violation withPlace(Violation finding) {
    return PLACE.matcher(finding.path()).matches()
        ? finding
        : new Violation("Bundle", finding.rule());
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
   * @return empty when HAMI gave a {@link #message()} alone, or nothing
   */
  public List<Violation> findings() {
    return findings;
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
    return ApiException.of(call, ApiError.of(status, "").saying(null, message, findings));
  }

  @Override
  public String toString() {
    return "BundleRejection of bundle " + bundle + ", " + status;
  }
}
