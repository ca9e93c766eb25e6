/** How HAMI is spoken to: its errors and its pace. */
@NullMarked
package health.ferry.hami.internal.submit;

import org.jspecify.annotations.NullMarked;
