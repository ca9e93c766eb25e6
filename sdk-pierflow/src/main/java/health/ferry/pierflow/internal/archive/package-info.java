/** A package's ZIP archive: checked to its last byte before any of it is believed. */
@NullMarked
package health.ferry.pierflow.internal.archive;

import org.jspecify.annotations.NullMarked;
