/** . */
@NullMarked
package health.ferry.bulkfhir;

import org.jspecify.annotations.NullMarked;
