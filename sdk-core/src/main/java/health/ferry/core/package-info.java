/**
 * What every Ferry client shares: secrets, calls, operations, progress and one tree of errors.
 *
 * <p>Everything here is part of the public promise; what lies under {@code
 * health.ferry.core.internal} is not.
 */
@NullMarked
package health.ferry.core;

import org.jspecify.annotations.NullMarked;
