package health.ferry.testkit.internal.control;

import java.util.List;
import java.util.Map;

/** Learns of each control call before it is answered. */
@FunctionalInterface
public interface RequestLog {

  /** Records a call; the target is path and query as on the wire. */
  void record(String method, String target, Map<String, List<String>> headers, byte[] body);
}
