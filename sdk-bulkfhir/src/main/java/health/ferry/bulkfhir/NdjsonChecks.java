package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import java.util.Map;
import java.util.function.Supplier;

/** A new check for each try at one file. The last one has seen the file that was published. */
final class NdjsonChecks implements Supplier<NdjsonCheck> {

  private final NdjsonPromise promise;
  private final CallInfo call;
  private NdjsonCheck last;

  NdjsonChecks(NdjsonPromise promise, CallInfo call) {
    this.promise = promise;
    this.call = call;
    this.last = new NdjsonCheck(promise, call);
  }

  @Override
  public NdjsonCheck get() {
    last = new NdjsonCheck(promise, call);
    return last;
  }

  Map<String, Long> counts() {
    return last.counts();
  }

  long resources() {
    return last.resources();
  }
}
