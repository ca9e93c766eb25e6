package health.ferry.examples.faults;

import java.util.Set;

/** How the run ends that meets the faults. */
public sealed interface Expectation {

  /** Complete and byte-exact, the faults notwithstanding. */
  record Complete() implements Expectation {}

  /** All other files come; these do not, and the report names them. */
  record Misses(Set<String> files, Class<? extends Exception> cause) implements Expectation {}

  /** There is no report, but an error. */
  record Fails(Class<? extends Exception> error, int exitCode) implements Expectation {}
}
