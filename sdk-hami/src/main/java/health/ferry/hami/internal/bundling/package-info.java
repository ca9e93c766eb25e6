/**
 * From resources to transaction bundles: full URLs, references, and what goes into which bundle.
 */
@NullMarked
package health.ferry.hami.internal.bundling;

import org.jspecify.annotations.NullMarked;
