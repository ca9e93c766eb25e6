/**
 * HL7 v2 messages to FHIR R4, by the table that HAMI's documentation gives and what a result
 * message needs besides it. Wants {@code ca.uhn.hapi:hapi-base} on the class path.
 */
@NullMarked
package health.ferry.hami.hl7;

import org.jspecify.annotations.NullMarked;
