package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.internal.control.ControlRequest;
import java.util.List;
import java.util.Optional;

/**
 * A call whose path has been recognized.
 *
 * @param request as it came
 * @param ids the variable parts of its path, decoded
 */
record Call(ControlRequest request, List<String> ids) {

  String id(int index) {
    return ids.get(index);
  }

  /** The first value of a query parameter. */
  Optional<String> query(String name) {
    return request.query().getOrDefault(name, List.of()).stream().findFirst();
  }
}
