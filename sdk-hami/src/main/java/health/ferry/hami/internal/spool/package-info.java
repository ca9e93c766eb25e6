/** What is too much for memory, on disk for as long as one run takes. */
@NullMarked
package health.ferry.hami.internal.spool;

import org.jspecify.annotations.NullMarked;
