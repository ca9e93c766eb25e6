package health.ferry.fhir;

import org.jspecify.annotations.Nullable;

/** Lines in file order, each with what was decoded of it or will be. Not thread-safe. */
interface ResourceFeed<T> extends AutoCloseable {

  /**
   * Moves to the next line.
   *
   * @return the line; null at the end
   */
  @Nullable NdjsonLine next();

  /** The resource of the line at which the feed stands; to be asked once. */
  T resource() throws UnreadableResourceException;

  @Override
  void close();
}
