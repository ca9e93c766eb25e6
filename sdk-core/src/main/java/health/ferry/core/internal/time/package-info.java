/** Clocks, waits, deadlines and cancellation: the only place where time and chance come from. */
@NullMarked
package health.ferry.core.internal.time;

import org.jspecify.annotations.NullMarked;
