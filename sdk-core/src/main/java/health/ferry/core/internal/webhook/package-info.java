/** What receivers of webhooks share: who sent it, whether it came before, how long it may be. */
@NullMarked
package health.ferry.core.internal.webhook;

import org.jspecify.annotations.NullMarked;
