/** Waiting for a job on a server. */
@NullMarked
package health.ferry.core.internal.poll;

import org.jspecify.annotations.NullMarked;
