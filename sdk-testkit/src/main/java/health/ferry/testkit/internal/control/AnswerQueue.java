package health.ferry.testkit.internal.control;

import health.ferry.testkit.ControlAnswer;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** The answers that a test has queued for one kind of call. Thread-safe. */
public final class AnswerQueue {

  private final Queue<ControlAnswer> queue = new ConcurrentLinkedQueue<>();

  /** Queues answers, one for each of the next calls. */
  public void add(List<ControlAnswer> answers) {
    queue.addAll(answers);
  }

  /** Drops what is still queued. */
  public void clear() {
    queue.clear();
  }

  /** The next scripted answer, otherwise the usual one. */
  public ControlAnswer next(Supplier<ControlAnswer> usual) {
    ControlAnswer scripted = queue.poll();
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
