/** JSON in and out, without its content in any error. */
@NullMarked
package health.ferry.core.internal.json;

import org.jspecify.annotations.NullMarked;
