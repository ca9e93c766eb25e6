/** The HAMI partner's insides. */
@NullMarked
package health.ferry.testkit.internal.hami;

import org.jspecify.annotations.NullMarked;
