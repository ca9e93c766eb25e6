/** What keeps patient data and secrets out of errors. */
@NullMarked
package health.ferry.core.internal.redaction;

import org.jspecify.annotations.NullMarked;
