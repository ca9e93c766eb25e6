/**
 * Bulk FHIR: asynchronous export from any server that speaks the Bulk Data Access standard, iEHR
 * and Veradigm among them. Begin at {@link health.ferry.bulkfhir.BulkFhirClient}.
 */
@NullMarked
package health.ferry.bulkfhir;

import org.jspecify.annotations.NullMarked;
