/** Where resources to send come from: files, folders, bundles, models. */
@NullMarked
package health.ferry.hami.internal.input;

import org.jspecify.annotations.NullMarked;
