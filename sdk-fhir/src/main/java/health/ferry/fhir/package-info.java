/** . */
@NullMarked
package health.ferry.fhir;

import org.jspecify.annotations.NullMarked;
