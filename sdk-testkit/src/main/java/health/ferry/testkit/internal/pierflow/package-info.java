/** The Pierflow partner behind its public face. */
@NullMarked
package health.ferry.testkit.internal.pierflow;

import org.jspecify.annotations.NullMarked;
