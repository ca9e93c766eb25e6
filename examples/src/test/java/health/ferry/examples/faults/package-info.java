/**
 * Every way in which a partner fails, as tables, on raw sockets: of Bulk FHIR, where {@link
 * health.ferry.examples.faults.Scenario} is a line and {@link health.ferry.examples.faults.Trial}
 * what must hold for each; of HAMI ({@link health.ferry.examples.faults.SubmissionScenario}); and
 * of Pierflow ({@link health.ferry.examples.faults.ImportScenario}).
 */
@NullMarked
package health.ferry.examples.faults;

import org.jspecify.annotations.NullMarked;
