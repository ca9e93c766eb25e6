package health.ferry.bulkfhir;

import health.ferry.core.CallInfo;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** A new check for each try at one file. The last one has seen the file that was published. */
final class NdjsonChecks implements Supplier<NdjsonCheck> {

  private final String fileName;
  private final Optional<String> type;
  private final OptionalLong promised;
  private final CallInfo call;
  private NdjsonCheck last;

  NdjsonChecks(String fileName, Optional<String> type, OptionalLong promised, CallInfo call) {
    this.fileName = fileName;
    this.type = type;
    this.promised = promised;
    this.call = call;
    this.last = new NdjsonCheck(fileName, type, promised, call);
  }

  @Override
  public NdjsonCheck get() {
    last = new NdjsonCheck(fileName, type, promised, call);
    return last;
  }

  long resources() {
    return last.resources();
  }
}
