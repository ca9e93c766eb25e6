/** Whether bytes that pass are lines of JSON, and of which resource types. */
@NullMarked
package health.ferry.bulkfhir.internal.check;

import org.jspecify.annotations.NullMarked;
