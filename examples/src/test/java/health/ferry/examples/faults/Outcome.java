package health.ferry.examples.faults;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, as far as its caller was told.
 *
 * @param complete whether it claims to have everything
 * @param failures each file that is missing, with its cause where the caller gets one
 * @param error what was thrown in place of a report
 * @param exitCode of the command
 */
public record Outcome(
    boolean complete,
    Map<String, Optional<Exception>> failures,
    @Nullable Exception error,
    @Nullable Integer exitCode) {

  List<Exception> causes() {
    return failures.values().stream().flatMap(Optional::stream).toList();
  }
}
