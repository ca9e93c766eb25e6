/** The command seen from outside: exit codes, results, files. */
@NullMarked
package health.ferry.examples;

import org.jspecify.annotations.NullMarked;
