/**
 * The partners as embedded servers, for tests and demos.
 *
 * <p>{@link health.ferry.testkit.PartnerSandbox} starts them, on 127.0.0.1 only and with synthetic
 * data. They speak the wire alone: nothing here knows a Ferry client.
 */
@NullMarked
package health.ferry.testkit;

import org.jspecify.annotations.NullMarked;
