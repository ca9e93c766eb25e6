package health.ferry.testkit;

import java.time.Duration;

/**
 * How often a client may ask for status, over all its jobs. What goes beyond is answered 429.
 *
 * @param polls so many
 * @param window in any time so long, by the partner's clock
 */
public record PollLimit(int polls, Duration window) {}
