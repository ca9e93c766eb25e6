/** The resources that the partners serve. */
@NullMarked
package health.ferry.testkit.internal.data;

import org.jspecify.annotations.NullMarked;
