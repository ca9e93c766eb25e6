/** What the parts of this module share. Not part of the promise. */
@NullMarked
package health.ferry.pierflow.internal;

import org.jspecify.annotations.NullMarked;
