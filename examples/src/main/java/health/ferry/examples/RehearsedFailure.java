package health.ferry.examples;

import health.ferry.pierflow.FailureReason;

/** A patient that is to be treated as failed. */
record RehearsedFailure(String patientId, FailureReason reason) {}
