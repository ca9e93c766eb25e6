package health.ferry.hami;

import health.ferry.hami.internal.bundling.BundlingRun;
import java.util.Iterator;

/**
 * One way through all bundles. Whoever does not go to its end closes it, and with it the input that
 * was laid down on disk.
 */
final class BundleIterator implements Iterator<TransactionBundle>, AutoCloseable {

  private final BundlingRun run;
  private long number;

  BundleIterator(BundlingRun run) {
    this.run = run;
  }

  @Override
  public boolean hasNext() {
    return run.hasNext();
  }

  @Override
  public TransactionBundle next() {
    return new TransactionBundle(++number, run.next());
  }

  @Override
  public void close() {
    run.close();
  }
}
