/** Ferry beside its peers: the same work, in one run, round by round. */
@NullMarked
package health.ferry.benchmarks;

import org.jspecify.annotations.NullMarked;
