/**
 * FHIR R4 for Ferry's clients: one shared HAPI context, a codec between models and JSON, a reader
 * of NDJSON in constant memory, and a light reader of OperationOutcomes.
 *
 * <p>What carries FHIR comes twice: as a HAPI R4 model, and as JSON for whoever does without. HAPI
 * is loaded at the first typed use; raw reading never loads it.
 *
 * <p>Resources are patient data. No message, cause or {@code toString} of this package holds a
 * value from one.
 */
@NullMarked
package health.ferry.fhir;

import org.jspecify.annotations.NullMarked;
