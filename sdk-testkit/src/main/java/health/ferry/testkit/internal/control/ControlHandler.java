package health.ferry.testkit.internal.control;

import health.ferry.testkit.ControlAnswer;

/** Answers control calls; called on server threads, several at once. */
@FunctionalInterface
public interface ControlHandler {

  /** The answer, never {@link ControlAnswer#isUsual()}. */
  ControlAnswer answer(ControlRequest request);
}
