/** What the tests of this module share: virtual time, a server that a test scripts, a client. */
@NullMarked
package health.ferry.core.testing;

import org.jspecify.annotations.NullMarked;
