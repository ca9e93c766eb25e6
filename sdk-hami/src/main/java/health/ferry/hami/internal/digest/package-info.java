/** Digests, and the ids that are made of them. */
@NullMarked
package health.ferry.hami.internal.digest;

import org.jspecify.annotations.NullMarked;
