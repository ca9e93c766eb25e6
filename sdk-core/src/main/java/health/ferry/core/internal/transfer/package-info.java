/** Downloads that are resumed, verified and whole before anyone sees them. */
@NullMarked
package health.ferry.core.internal.transfer;

import org.jspecify.annotations.NullMarked;
