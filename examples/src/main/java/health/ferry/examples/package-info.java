/**
 * The {@code ferry} command, and the programs of the README. Each subcommand is the readable
 * example of one flow, and works against real servers.
 */
@NullMarked
package health.ferry.examples;

import org.jspecify.annotations.NullMarked;
