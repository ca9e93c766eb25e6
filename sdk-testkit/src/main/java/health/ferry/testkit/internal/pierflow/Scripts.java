package health.ferry.testkit.internal.pierflow;

import health.ferry.testkit.ControlAnswer;
import health.ferry.testkit.PierflowOperation;
import health.ferry.testkit.internal.control.AnswerQueue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The answers that a test has queued for each operation. Thread-safe. */
public final class Scripts {

  private final Map<PierflowOperation, AnswerQueue> queues =
      Arrays.stream(PierflowOperation.values())
          .collect(Collectors.toMap(Function.identity(), operation -> new AnswerQueue()));

  private AnswerQueue queue(PierflowOperation operation) {
    return Objects.requireNonNull(queues.get(operation));
  }

  /** Queues answers, one for each of the next calls. */
  public void add(PierflowOperation operation, List<ControlAnswer> answers) {
    queue(operation).add(answers);
  }

  /** Drops what is still queued. */
  public void clear() {
    queues.values().forEach(AnswerQueue::clear);
  }

  /** The next scripted answer, otherwise the usual one. */
  ControlAnswer next(PierflowOperation operation, Supplier<ControlAnswer> usual) {
    return queue(operation).next(usual);
  }
}
