/** Who may be retried, when, and how often. */
@NullMarked
package health.ferry.core.internal.retry;

import org.jspecify.annotations.NullMarked;
