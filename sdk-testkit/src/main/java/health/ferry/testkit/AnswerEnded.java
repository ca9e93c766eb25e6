package health.ferry.testkit;

import java.io.IOException;

/** A fault has ended the connection; there is nothing more to do on it. */
final class AnswerEnded extends IOException {

  AnswerEnded(String message) {
    super(message);
  }
}
