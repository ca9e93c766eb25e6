/** Credentials that belong to one origin, and tokens fetched once for everybody. */
@NullMarked
package health.ferry.core.internal.auth;

import org.jspecify.annotations.NullMarked;
