/**
 * Checks over a whole test suite, as JUnit 5 extensions that a module registers in {@code
 * META-INF/services/org.junit.jupiter.api.extension.Extension}.
 */
@NullMarked
package health.ferry.testkit.suite;

import org.jspecify.annotations.NullMarked;
