/** . */
@NullMarked
package health.ferry.examples;

import org.jspecify.annotations.NullMarked;
