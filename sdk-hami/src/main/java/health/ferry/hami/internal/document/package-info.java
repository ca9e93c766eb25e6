/** Resources as the bytes that they are, with what one pass over them finds. */
@NullMarked
package health.ferry.hami.internal.document;

import org.jspecify.annotations.NullMarked;
