/**
 * FHIR JSON into HAPI's models, straight from Jackson's tokens: HAPI's own parser builds a tree
 * first and spends most of its time in layers above it. The tables come from HAPI's context, so
 * there is no second description of FHIR.
 *
 * <p>Nothing here judges. What is not plain is left to HAPI's parser, whose answer counts.
 */
@NullMarked
package health.ferry.fhir.internal.decode;

import org.jspecify.annotations.NullMarked;
