package health.ferry.core.internal.call;

import java.io.IOException;

/** Turns an accepted answer into what the caller asked for. Runs inside the attempt. */
@FunctionalInterface
public interface AnswerReader<T> {
  T read(Answer answer) throws IOException;
}
