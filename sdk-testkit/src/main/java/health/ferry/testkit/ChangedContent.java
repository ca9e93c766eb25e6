package health.ferry.testkit;

/**
 * What HAMI does with other data under a {@code fullUrl} that it holds. Its pages do not say, so a
 * test may try each.
 */
public enum ChangedContent {
  /** The new data replaces the old. */
  UPDATE,
  /** The old data stays; the bundle is accepted all the same. */
  KEEP,
  /** The bundle is refused with 409. */
  CONFLICT
}
