package health.ferry.testkit.internal.bulkfhir;

import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.Step;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** The answers that a test has queued for each step. Thread-safe. */
public final class Scripts {

  private final Map<Step, Queue<ControlAnswer>> queues = new EnumMap<>(Step.class);

  /** Starts without scripts. */
  public Scripts() {
    for (Step step : Step.values()) {
      queues.put(step, new ConcurrentLinkedQueue<>());
    }
  }

  private Queue<ControlAnswer> queue(Step step) {
    Queue<ControlAnswer> queue = queues.get(step);
    if (queue == null) {
      throw new IllegalStateException("no queue for " + step);
    }
    return queue;
  }

  /** Queues answers, one for each of the next calls. */
  public void add(Step step, List<ControlAnswer> answers) {
    queue(step).addAll(answers);
  }

  /** Drops what is still queued. */
  public void clear() {
    queues.values().forEach(Queue::clear);
  }

  /** The next scripted answer, otherwise the usual one. */
  ControlAnswer next(Step step, Supplier<ControlAnswer> usual) {
    ControlAnswer scripted = queue(step).poll();
    if (scripted == null) {
      return usual.get();
    }
    if (!scripted.isUsual()) {
      return scripted;
    }
    ControlAnswer answer = usual.get().delay(scripted.delay()).broken(scripted.breakage());
    for (Map.Entry<String, List<String>> header : scripted.headers().entrySet()) {
      answer = answer.headers(header.getKey(), header.getValue());
    }
    return answer;
  }
}
