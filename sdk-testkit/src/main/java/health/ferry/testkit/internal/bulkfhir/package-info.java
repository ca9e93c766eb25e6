/** The Bulk FHIR server. */
@NullMarked
package health.ferry.testkit.internal.bulkfhir;

import org.jspecify.annotations.NullMarked;
