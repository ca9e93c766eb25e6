package health.ferry.core.internal.limit;

/** The right to send one request. Closed when its answer, or its failure, is in. */
@FunctionalInterface
public interface Permit extends AutoCloseable {
  @Override
  void close();
}
