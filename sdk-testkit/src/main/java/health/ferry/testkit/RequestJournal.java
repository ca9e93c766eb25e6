package health.ferry.testkit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last 10,000 requests. Thread-safe. */
final class RequestJournal {

  static final int LIMIT = 10_000;

  private final Deque<RecordedRequest> entries = new ArrayDeque<>();

  synchronized void add(RecordedRequest request) {
    if (entries.size() == LIMIT) {
      entries.removeFirst();
    }
    entries.addLast(request);
  }

  synchronized List<RecordedRequest> all() {
    return List.copyOf(entries);
  }
}
