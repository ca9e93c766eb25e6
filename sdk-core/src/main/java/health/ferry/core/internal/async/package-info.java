/** Running the one blocking code path on other threads, cancellably. */
@NullMarked
package health.ferry.core.internal.async;

import org.jspecify.annotations.NullMarked;
