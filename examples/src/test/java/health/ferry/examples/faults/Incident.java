package health.ferry.examples.faults;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A request that meets a fault.
 *
 * @param exportServer whom it was sent to, when it is one of an export
 * @param honestly does what the request asks for and makes the answer to it
 */
record Incident(Request request, @Nullable RawBulkServer exportServer, Supplier<Reply> honestly) {

  static Incident of(Request request, Supplier<Reply> honestly) {
    return new Incident(request, null, honestly);
  }

  RawBulkServer server() {
    return Objects.requireNonNull(exportServer, "a fault of exports alone");
  }

  Reply honest() {
    return honestly.get();
  }
}
