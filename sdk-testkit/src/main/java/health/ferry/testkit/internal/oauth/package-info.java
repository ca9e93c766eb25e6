/** Issues and checks access tokens. */
@NullMarked
package health.ferry.testkit.internal.oauth;

import org.jspecify.annotations.NullMarked;
