/** Points in time as HAMI takes them: whole seconds in UTC. */
@NullMarked
package health.ferry.hami.internal.dates;

import org.jspecify.annotations.NullMarked;
