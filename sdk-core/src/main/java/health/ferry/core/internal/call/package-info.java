/** A call from outside in: one layer, one file. */
@NullMarked
package health.ferry.core.internal.call;

import org.jspecify.annotations.NullMarked;
