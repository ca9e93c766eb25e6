/** . */
@NullMarked
package health.ferry.testkit;

import org.jspecify.annotations.NullMarked;
