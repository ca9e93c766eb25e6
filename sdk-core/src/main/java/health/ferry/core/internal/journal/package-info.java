/** What was begun and what came of it, on disk before anyone relies on it. */
@NullMarked
package health.ferry.core.internal.journal;

import org.jspecify.annotations.NullMarked;
