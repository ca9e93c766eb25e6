/** What every client checks in its settings. */
@NullMarked
package health.ferry.core.internal.config;

import org.jspecify.annotations.NullMarked;
