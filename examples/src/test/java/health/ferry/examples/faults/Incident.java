package health.ferry.examples.faults;

import java.util.function.Supplier;

/**
 * A request that meets a fault.
 *
 * @param server whom it was sent to
 * @param honestly does what the request asks for and makes the answer to it
 */
record Incident(Request request, RawBulkServer server, Supplier<Reply> honestly) {

  Reply honest() {
    return honestly.get();
  }
}
