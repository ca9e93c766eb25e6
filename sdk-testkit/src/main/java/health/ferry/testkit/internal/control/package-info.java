/** The WireMock server below the partners' control calls. */
@NullMarked
package health.ferry.testkit.internal.control;

import org.jspecify.annotations.NullMarked;
