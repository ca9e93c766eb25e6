/** HAMI's Universal Ingestion API: FHIR R4 resources in, as transaction bundles. */
@NullMarked
package health.ferry.hami;

import org.jspecify.annotations.NullMarked;
