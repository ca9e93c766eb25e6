/**
 * Import packages from Pierflow's Records API: listed, downloaded whole, verified, imported and
 * acknowledged.
 *
 * <p>Start with {@link health.ferry.pierflow.PierflowClient}.
 */
@NullMarked
package health.ferry.pierflow;

import org.jspecify.annotations.NullMarked;
