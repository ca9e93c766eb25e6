/**
 * Every way in which a Bulk FHIR server fails, as a table, on raw sockets. {@link
 * health.ferry.examples.faults.Scenario} is a line of it, and {@link
 * health.ferry.examples.faults.Trial} what must hold for each.
 */
@NullMarked
package health.ferry.examples.faults;

import org.jspecify.annotations.NullMarked;
