/** Ids that are made of digests. */
@NullMarked
package health.ferry.hami.internal.digest;

import org.jspecify.annotations.NullMarked;
