/** Tests of the testkit, with the JDK's own client or bare sockets. */
@NullMarked
package health.ferry.testkit;

import org.jspecify.annotations.NullMarked;
