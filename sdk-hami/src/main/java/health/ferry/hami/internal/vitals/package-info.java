/** The vital signs that HAMI takes, and what is expected of an Observation of one. */
@NullMarked
package health.ferry.hami.internal.vitals;

import org.jspecify.annotations.NullMarked;
