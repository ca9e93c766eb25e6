package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Step;
import health.ferry.testkit.internal.control.AnswerQueue;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The answers that a test has queued for each step. Thread-safe. */
public final class Scripts {

  private final Map<Step, AnswerQueue> queues = new EnumMap<>(Step.class);

  /** Starts without scripts. */
  public Scripts() {
    for (Step step : Step.values()) {
      queues.put(step, new AnswerQueue());
    }
  }

  private AnswerQueue queue(Step step) {
    AnswerQueue queue = queues.get(step);
    if (queue == null) {
      throw new IllegalStateException("no queue for " + step);
    }
    return queue;
  }

  /** Queues answers, one for each of the next calls. */
  public void add(Step step, List<ControlAnswer> answers) {
    queue(step).add(answers);
  }

  /** Drops what is still queued. */
  public void clear() {
    queues.values().forEach(AnswerQueue::clear);
  }

  /** The next scripted answer, otherwise the usual one. */
  ControlAnswer next(Step step, Supplier<ControlAnswer> usual) {
    return queue(step).next(usual);
  }
}
