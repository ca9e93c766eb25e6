/** What an ingestion's journal remembers. */
@NullMarked
package health.ferry.hami.internal.journal;

import org.jspecify.annotations.NullMarked;
