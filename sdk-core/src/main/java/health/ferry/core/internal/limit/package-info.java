/** Rate limits as exact sliding windows. */
@NullMarked
package health.ferry.core.internal.limit;

import org.jspecify.annotations.NullMarked;
