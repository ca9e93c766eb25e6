package health.ferry.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a connection is about to answer; faults change it before it goes out. One thread's. */
final class AnswerPlan {

  int status = 200;
  final Map<String, String> headers = new LinkedHashMap<>();
  Body body = Body.of("");
  long from;
  long count;
  boolean compressOnTheWay;
  Framing framing = Framing.CONTENT_LENGTH;
  long bytesPerSecond;
  long lengthError;
  Duration delay = Duration.ZERO;
  boolean resetBeforeHeaders;
  final List<Interruption> interruptions = new ArrayList<>();

  /** A short answer of text, without a file. */
  static AnswerPlan text(int status, String text) {
    AnswerPlan plan = new AnswerPlan();
    plan.replace(status, text);
    return plan;
  }

  /** Forgets the file and answers with a status and a text. */
  void replace(int newStatus, String text) {
    status = newStatus;
    headers.clear();
    body = Body.of(text);
    from = 0;
    count = body.length();
    compressOnTheWay = false;
    framing = Framing.CONTENT_LENGTH;
    if (!text.isEmpty()) {
      headers.put("Content-Type", "text/plain; charset=utf-8");
    }
  }

  List<Interruption> interruptionsInOrder() {
    return interruptions.stream()
        .sorted(Comparator.comparingLong(Interruption::afterBytes))
        .toList();
  }
}
