/** Digests of bytes. */
@NullMarked
package health.ferry.core.internal.digest;

import org.jspecify.annotations.NullMarked;
