/** What Ferry's modules share about HAPI; not part of the public promise. */
@NullMarked
package health.ferry.fhir.internal;

import org.jspecify.annotations.NullMarked;
