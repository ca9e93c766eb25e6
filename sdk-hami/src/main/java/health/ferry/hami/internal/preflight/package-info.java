/** What HAMI would refuse or dislike, found before anything is sent. */
@NullMarked
package health.ferry.hami.internal.preflight;

import org.jspecify.annotations.NullMarked;
