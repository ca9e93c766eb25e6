package health.ferry.testkit.internal.pierflow;

import java.util.Locale;

/** Ids in Pierflow's own forms, the same for the same number. */
final class PierflowIds {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final int BASE_36 = 36;
  private static final int LENGTH = 12;

  private PierflowIds() {}

  /** The id that stays with a patient: {@code pat_} and 8 hex digits. */
  static String canonical(int number) {
    return of("pat_", number);
  }

  /** 8 hex digits behind a prefix, no two alike. */
  static String of(String prefix, int number) {
    // An odd factor maps the 32-bit numbers one to one.
    return prefix + "%08x".formatted(number * 0x9E3779B1);
  }

  /**
   * The id that a patient had while one paper was read: {@code pat_} and 12 digits of base 36. It
   * stays in that paper's resources, and nothing resolves it (fact sheet, 5).
   */
  static String temporary(int number, int paper) {
    long mixed = (number * GOLDEN) ^ Long.rotateLeft((paper + 1) * GOLDEN, 31);
    String digits = Long.toUnsignedString(mixed, BASE_36).toLowerCase(Locale.ROOT);
    return "pat_" + (digits + "000000000000").substring(0, LENGTH);
  }
}
