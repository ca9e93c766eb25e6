package health.ferry.hami.internal.bundling;

/**
 * How to bundle.
 *
 * @param dropsUnsupported whether types that HAMI does not take are left out, or refused
 * @param keepsDates whether dates stay as they are, or become UTC in whole seconds
 * @param source what tells two systems with the same ids apart, empty for none
 */
public record BundlingSettings(boolean dropsUnsupported, boolean keepsDates, String source) {

  /** Refuses what HAMI does not take, and repairs dates. */
  public static final BundlingSettings DEFAULT = new BundlingSettings(false, false, "");
}
