/** Tests of the suite checks. */
@NullMarked
package health.ferry.testkit.suite;

import org.jspecify.annotations.NullMarked;
