package health.ferry.examples.faults;

import org.jspecify.annotations.Nullable;

/**
 * How a submission ended, as far as its caller was told.
 *
 * @param stopped why something is pending, where the caller gets a cause
 * @param exitCode of the command
 */
public record SubmissionOutcome(
    int accepted,
    int rejected,
    int pending,
    @Nullable Exception stopped,
    @Nullable Integer exitCode) {}
