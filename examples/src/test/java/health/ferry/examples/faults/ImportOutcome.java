package health.ferry.examples.faults;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an import ended, as far as its caller was told.
 *
 * @param acknowledged packages of the directory that are done
 * @param causes why others are not, where the caller gets causes
 * @param exitCode of the command
 */
public record ImportOutcome(int acknowledged, List<Exception> causes, @Nullable Integer exitCode) {

  boolean complete() {
    return acknowledged == RawPierflowServer.PACKAGES && causes.isEmpty();
  }
}
