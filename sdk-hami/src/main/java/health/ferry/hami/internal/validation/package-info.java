/** HAPI's validator behind Ferry's findings. Its jars may be missing: see ValidatorArtifacts. */
@NullMarked
package health.ferry.hami.internal.validation;

import org.jspecify.annotations.NullMarked;
